package chat.klatsch.store.message;

import chat.klatsch.core.RoomId;
import chat.klatsch.core.UserId;
import chat.klatsch.message.Draft;
import chat.klatsch.message.LogEntry;
import chat.klatsch.search.SearchText;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/**
 * Inserts posts in one transaction, with as many round trips for several rooms as for one. Confined to the transaction.
 */
final class MessageAppender {
    private final Handle handle;
    private final SearchColumns search;
    private final PreparedBatch inserts;
    private final PreparedBatch replies;
    private final PreparedBatch counters;
    private final MentionRows mentions;
    private final SentDrafts drafts;
    private final Map<ByteBuffer, LogEntry> stored = new HashMap<>();
    private final List<byte[]> replyFingerprints = new ArrayList<>();

    /** @param batches the posts to be added, which decide whom they may mention */
    private MessageAppender(Handle handle, SearchColumns search, Collection<PostBatch> batches) {
        this.handle = handle;
        this.search = search;
        this.inserts = handle.prepareBatch(String.format(Locale.ROOT, """
                insert into messages
                    (room_id, seq, posted_version, version, author_id, body, fingerprint, reply_to, posted_at, %s)
                values (:room, :seq, :version, :version, :author, :body, :fingerprint, :replyTo, :now, %s)
                """, search.names(), search.values()));
        this.replies =
                handle.prepareBatch("insert into answers (room_id, reply_to, seq) values (:room, :replyTo, :seq)");
        this.counters = RoomSequence.counterUpdates(handle);
        this.mentions =
                MentionRows.of(handle, batches.stream().collect(Collectors.toMap(PostBatch::room, PostBatch::names)));
        this.drafts = new SentDrafts(handle);
    }

    /**
     * Waits for the room's lock and appends the posts that are not stored yet.
     *
     * @param checkDuplicates whether to look for stored posts first; otherwise one throws DuplicateKeyException
     */
    static List<LogEntry> appendAlone(Handle handle, SearchColumns search, PostBatch posts, boolean checkDuplicates) {
        RoomSequence sequence = RoomSequence.open(handle, posts.room());
        MessageAppender appender = new MessageAppender(handle, search, List.of(posts));
        Set<UserId> authors = posts.authors();
        Set<UserId> writers = WritePermissions.writers(handle, posts.room(), authors);
        // A user who may no longer write may still repeat a post that is stored.
        if (checkDuplicates || !writers.containsAll(authors)) {
            appender.load(posts.fingerprints());
        }
        appender.add(sequence, posts, writers);
        appender.write();
        return appender.entries(posts);
    }

    /**
     * Appends to each room that is not locked and in which all authors may write, without waiting for a lock.
     *
     * @param checkDuplicates as in {@link #appendAlone}
     * @return the entries of the rooms appended to
     */
    static Map<RoomId, List<LogEntry>> appendTogether(
            Handle handle, SearchColumns search, Collection<PostBatch> batches, boolean checkDuplicates) {
        Map<RoomId, RoomSequence> sequences = RoomSequence.openUnlocked(
                handle, batches.stream().map(PostBatch::room).toList());
        if (sequences.isEmpty()) {
            return Map.of();
        }
        Map<RoomId, Set<UserId>> authors = batches.stream()
                .filter(posts -> sequences.containsKey(posts.room()))
                .collect(Collectors.toMap(PostBatch::room, PostBatch::authors));
        Map<RoomId, Set<UserId>> writers = WritePermissions.writers(handle, authors);
        List<PostBatch> permitted = batches.stream()
                .filter(posts -> authors.containsKey(posts.room()))
                .filter(posts -> authors.get(posts.room()).equals(writers.getOrDefault(posts.room(), Set.of())))
                .toList();
        MessageAppender appender = new MessageAppender(handle, search, permitted);
        if (checkDuplicates) {
            appender.load(permitted.stream()
                    .flatMap(posts -> posts.fingerprints().stream())
                    .toList());
        }
        permitted.forEach(posts ->
                appender.add(sequences.get(posts.room()), posts, writers.getOrDefault(posts.room(), Set.of())));
        appender.write();
        return permitted.stream().collect(Collectors.toMap(PostBatch::room, appender::entries));
    }

    private void load(List<byte[]> fingerprints) {
        if (fingerprints.isEmpty()) {
            return;
        }
        Map<ByteBuffer, LogEntry> found = handle.createQuery(
                        MessageRows.SELECT.replaceFirst("select", "select m.fingerprint,")
                                + "where m.fingerprint in (<fingerprints>)")
                .bindList("fingerprints", fingerprints)
                .map((row, context) ->
                        Map.entry(ByteBuffer.wrap(row.getBytes("fingerprint")), MessageRows.ENTRY.map(row, context)))
                .collect(Collectors.toMap(
                        Map.Entry::getKey, Map.Entry::getValue, (first, second) -> second, LinkedHashMap::new));
        Iterator<LogEntry> entries =
                MentionRows.withMentions(handle, List.copyOf(found.values())).iterator();
        found.keySet().forEach(fingerprint -> stored.put(fingerprint, entries.next()));
    }

    private void add(RoomSequence sequence, PostBatch posts, Set<UserId> writers) {
        boolean added = false;
        for (int i = 0; i < posts.drafts().size(); i++) {
            Draft draft = posts.drafts().get(i);
            byte[] fingerprint = posts.fingerprints().get(i);
            if (stored.containsKey(ByteBuffer.wrap(fingerprint))) {
                continue;
            }
            if (!draft.author().isBot() && !writers.contains(draft.author().id())) {
                throw sequence.refusal(draft.author().id());
            }
            Set<String> mentioned = mentions.mentioned(
                    posts.room(), draft.author().id(), posts.mentions().get(i));
            LogEntry entry = sequence.next(draft, mentioned, posts.now());
            stored.put(ByteBuffer.wrap(fingerprint), entry);
            insert(entry, draft, fingerprint, posts.searchTexts().get(i));
            added = true;
        }
        if (added) {
            sequence.addUpdate(counters);
        }
    }

    private void insert(LogEntry entry, Draft draft, byte[] fingerprint, SearchText searchText) {
        String room = entry.message().room().value();
        long seq = entry.message().seq();
        @Nullable Long replyTo = null;
        if (draft.replyTo().isPresent()) {
            replyTo = draft.replyTo().getAsLong();
            replies.bind("room", room).bind("replyTo", replyTo).bind("seq", seq).add();
            replyFingerprints.add(fingerprint);
        }
        inserts.bind("room", room)
                .bind("seq", seq)
                .bind("version", entry.version())
                .bind("author", draft.author().id().value())
                .bind("body", draft.body())
                .bind("fingerprint", fingerprint)
                .bind("replyTo", replyTo)
                .bind("now", entry.message().postedAt());
        search.bind(inserts, searchText);
        inserts.add();
        mentions.add(entry.message().room(), seq, entry.message().mentioned());
        drafts.add(room, draft);
    }

    private void write() {
        if (inserts.size() > 0) {
            inserts.execute();
            mentions.write();
            drafts.write();
            counters.execute();
        }
        if (replies.size() > 0) {
            replies.execute();
        }
        if (!replyFingerprints.isEmpty()) {
            forgetDeletedOriginals();
            // Quotes are read under the lock, so that no deleted text is quoted.
            load(replyFingerprints);
        }
    }

    /** Turns replies to messages that are deleted into plain messages. */
    private void forgetDeletedOriginals() {
        handle.createUpdate("""
                update messages set reply_to = null where fingerprint in (<fingerprints>) and exists (
                    select 1 from deletions d where d.room_id = messages.room_id and d.seq = messages.reply_to
                )
                """).bindList("fingerprints", replyFingerprints).execute();
    }

    private List<LogEntry> entries(PostBatch posts) {
        return posts.fingerprints().stream()
                .map(fingerprint -> stored.get(ByteBuffer.wrap(fingerprint)))
                .toList();
    }
}
