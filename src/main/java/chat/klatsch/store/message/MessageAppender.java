package chat.klatsch.store.message;

import chat.klatsch.core.RoomId;
import chat.klatsch.core.UserId;
import chat.klatsch.message.Draft;
import chat.klatsch.message.LogEntry;
import chat.klatsch.store.DuplicateKeyException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** What is posted, in one transaction: as many ways to the database and back for several rooms as for one. Lives as long as it. */
final class MessageAppender {
    private final Handle handle;
    private final PreparedBatch inserts;
    private final PreparedBatch answers;
    private final PreparedBatch ends;
    private final MentionRows mentions;
    private final Map<ByteBuffer, LogEntry> stored = new HashMap<>();
    private final List<byte[]> answering = new ArrayList<>();

    private MessageAppender(Handle handle) {
        this.handle = handle;
        this.inserts = handle.prepareBatch("""
                insert into messages
                    (room_id, seq, posted_version, version, author_id, body, fingerprint, reply_to, posted_at)
                values (:room, :seq, :version, :version, :author, :body, :fingerprint, :replyTo, :now)
                """);
        this.answers =
                handle.prepareBatch("insert into answers (room_id, reply_to, seq) values (:room, :replyTo, :seq)");
        this.ends = RoomSequence.ends(handle);
        this.mentions = new MentionRows(handle);
    }

    /**
     * Waits for the room's lock and appends those that are not there yet.
     *
     * @param looking whether to look first which are
     * @throws DuplicateKeyException without looking, when one is
     */
    static List<LogEntry> alone(Handle handle, PostBatch posts, boolean looking) {
        RoomSequence log = RoomSequence.open(handle, posts.room());
        MessageAppender appending = new MessageAppender(handle);
        Set<UserId> authors = posts.authors();
        Set<UserId> voices = WritePermissions.in(handle, posts.room(), authors);
        // Somebody without a voice may still send again what they said when they had one.
        if (looking || !voices.containsAll(authors)) {
            appending.look(posts.fingerprints());
        }
        appending.add(log, posts, voices);
        appending.write();
        return appending.entries(posts);
    }

    /**
     * Appends to each room that is free and in which all who post may speak. Waits for no room's lock.
     *
     * @param looking as above
     * @return without the others
     * @throws DuplicateKeyException as above
     */
    static Map<RoomId, List<LogEntry>> together(Handle handle, Collection<PostBatch> all, boolean looking) {
        List<RoomId> rooms = all.stream().map(PostBatch::room).toList();
        Map<RoomId, RoomSequence> logs = RoomSequence.openFree(handle, rooms);
        List<PostBatch> free =
                all.stream().filter(posts -> logs.containsKey(posts.room())).toList();
        if (free.isEmpty()) {
            return Map.of();
        }
        Map<RoomId, Set<UserId>> authors = free.stream().collect(Collectors.toMap(PostBatch::room, PostBatch::authors));
        Map<RoomId, Set<UserId>> voices = WritePermissions.in(handle, authors);
        List<PostBatch> heard = free.stream()
                .filter(posts -> authors.get(posts.room()).equals(voices.get(posts.room())))
                .toList();
        MessageAppender appending = new MessageAppender(handle);
        if (looking) {
            appending.look(heard.stream()
                    .flatMap(posts -> posts.fingerprints().stream())
                    .toList());
        }
        heard.forEach(posts -> appending.add(logs.get(posts.room()), posts, voices.get(posts.room())));
        appending.write();
        return heard.stream().collect(Collectors.toMap(PostBatch::room, appending::entries));
    }

    private void look(List<byte[]> fingerprints) {
        if (!fingerprints.isEmpty()) {
            handle.createQuery(MessageRows.SELECT.replaceFirst("select", "select m.fingerprint,")
                            + "where m.fingerprint in (<fingerprints>)")
                    .bindList("fingerprints", fingerprints)
                    .map((row, context) -> Map.entry(
                            ByteBuffer.wrap(row.getBytes("fingerprint")), MessageRows.ENTRY.map(row, context)))
                    .forEach(found -> stored.put(found.getKey(), found.getValue()));
        }
    }

    private void add(RoomSequence log, PostBatch posts, Set<UserId> voices) {
        boolean added = false;
        for (int i = 0; i < posts.drafts().size(); i++) {
            Draft draft = posts.drafts().get(i);
            byte[] fingerprint = posts.fingerprints().get(i);
            if (stored.containsKey(ByteBuffer.wrap(fingerprint))) {
                continue;
            }
            if (!voices.contains(draft.author().id())) {
                throw log.refusal(draft.author().id());
            }
            LogEntry entry = log.next(draft, posts.now());
            stored.put(ByteBuffer.wrap(fingerprint), entry);
            insert(entry, draft, fingerprint);
            added = true;
        }
        if (added) {
            log.saveEnd(ends);
        }
    }

    private void insert(LogEntry entry, Draft draft, byte[] fingerprint) {
        String room = entry.message().room().value();
        long seq = entry.message().seq();
        @Nullable Long replyTo = null;
        if (draft.replyTo().isPresent()) {
            replyTo = draft.replyTo().getAsLong();
            answers.bind("room", room).bind("replyTo", replyTo).bind("seq", seq).add();
            answering.add(fingerprint);
        }
        inserts.bind("room", room)
                .bind("seq", seq)
                .bind("version", entry.version())
                .bind("author", draft.author().id().value())
                .bind("body", draft.body())
                .bind("fingerprint", fingerprint)
                .bind("replyTo", replyTo)
                .bind("now", entry.message().postedAt())
                .add();
        mentions.add(entry.message().room(), seq, draft.author().id(), draft.body());
    }

    private void write() {
        if (inserts.size() > 0) {
            inserts.execute();
            mentions.write();
            ends.execute();
        }
        if (answers.size() > 0) {
            answers.execute();
        }
        // What an answer quotes is read under the lock, so that nothing deleted is quoted.
        look(answering);
    }

    private List<LogEntry> entries(PostBatch posts) {
        return posts.fingerprints().stream()
                .map(fingerprint -> stored.get(ByteBuffer.wrap(fingerprint)))
                .toList();
    }
}
