package chat.klatsch.store.message;

import chat.klatsch.core.RoomId;
import chat.klatsch.core.UserId;
import chat.klatsch.message.Draft;
import chat.klatsch.message.Entry;
import chat.klatsch.store.Duplicate;
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
final class Appending {
    private final Handle handle;
    private final PreparedBatch inserts;
    private final PreparedBatch answers;
    private final PreparedBatch ends;
    private final MentionLog mentions;
    private final Map<ByteBuffer, Entry> stored = new HashMap<>();
    private final List<byte[]> answering = new ArrayList<>();

    private Appending(Handle handle) {
        this.handle = handle;
        this.inserts = handle.prepareBatch("""
                insert into messages
                    (room_id, seq, posted_version, version, author_id, body, fingerprint, reply_to, posted_at)
                values (:room, :seq, :version, :version, :author, :body, :fingerprint, :replyTo, :now)
                """);
        this.answers =
                handle.prepareBatch("insert into answers (room_id, reply_to, seq) values (:room, :replyTo, :seq)");
        this.ends = RoomLog.ends(handle);
        this.mentions = new MentionLog(handle);
    }

    /**
     * Waits for the room's lock and appends those that are not there yet.
     *
     * @param looking whether to look first which are
     * @throws Duplicate without looking, when one is
     */
    static List<Entry> alone(Handle handle, Posts posts, boolean looking) {
        RoomLog log = RoomLog.open(handle, posts.room());
        Appending appending = new Appending(handle);
        Set<UserId> authors = posts.authors();
        Set<UserId> voices = Voices.in(handle, posts.room(), authors);
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
     * @throws Duplicate as above
     */
    static Map<RoomId, List<Entry>> together(Handle handle, Collection<Posts> all, boolean looking) {
        List<RoomId> rooms = all.stream().map(Posts::room).toList();
        Map<RoomId, RoomLog> logs = RoomLog.openFree(handle, rooms);
        List<Posts> free =
                all.stream().filter(posts -> logs.containsKey(posts.room())).toList();
        if (free.isEmpty()) {
            return Map.of();
        }
        Map<RoomId, Set<UserId>> authors = free.stream().collect(Collectors.toMap(Posts::room, Posts::authors));
        Map<RoomId, Set<UserId>> voices = Voices.in(handle, authors);
        List<Posts> heard = free.stream()
                .filter(posts -> authors.get(posts.room()).equals(voices.get(posts.room())))
                .toList();
        Appending appending = new Appending(handle);
        if (looking) {
            appending.look(heard.stream()
                    .flatMap(posts -> posts.fingerprints().stream())
                    .toList());
        }
        heard.forEach(posts -> appending.add(logs.get(posts.room()), posts, voices.get(posts.room())));
        appending.write();
        return heard.stream().collect(Collectors.toMap(Posts::room, appending::entries));
    }

    private void look(List<byte[]> fingerprints) {
        if (!fingerprints.isEmpty()) {
            handle.createQuery(EntryRows.SELECT.replaceFirst("select", "select m.fingerprint,")
                            + "where m.fingerprint in (<fingerprints>)")
                    .bindList("fingerprints", fingerprints)
                    .map((row, context) ->
                            Map.entry(ByteBuffer.wrap(row.getBytes("fingerprint")), EntryRows.ENTRY.map(row, context)))
                    .forEach(found -> stored.put(found.getKey(), found.getValue()));
        }
    }

    private void add(RoomLog log, Posts posts, Set<UserId> voices) {
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
            Entry entry = log.next(draft, posts.now());
            stored.put(ByteBuffer.wrap(fingerprint), entry);
            insert(entry, draft, fingerprint);
            added = true;
        }
        if (added) {
            log.saveEnd(ends);
        }
    }

    private void insert(Entry entry, Draft draft, byte[] fingerprint) {
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

    private List<Entry> entries(Posts posts) {
        return posts.fingerprints().stream()
                .map(fingerprint -> stored.get(ByteBuffer.wrap(fingerprint)))
                .toList();
    }
}
