package chat.klatsch.store;

import chat.klatsch.room.Draft;
import chat.klatsch.room.Entry;
import chat.klatsch.room.Message;
import chat.klatsch.room.Room;
import chat.klatsch.room.RoomId;
import chat.klatsch.room.UserId;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/**
 * Writing to one room. Whoever does holds the lock of its row from here to the commit, so numbers and versions become
 * visible in their order on every JVM. Lives as long as its transaction.
 */
final class RoomLog {
    private final Handle handle;
    private final RoomId room;
    private long lastSeq;
    private long lastVersion;
    private Optional<Entry.Previous> previous;

    private RoomLog(Handle handle, RoomId room, long lastSeq, long lastVersion, Optional<Entry.Previous> previous) {
        this.handle = handle;
        this.room = room;
        this.lastSeq = lastSeq;
        this.lastVersion = lastVersion;
        this.previous = previous;
    }

    /** Waits for the room's lock. @throws ChatException NOT_FOUND when there is no such room */
    static RoomLog open(Handle handle, RoomId room) {
        return handle.createQuery("""
                select last_seq, last_version, last_author_id, last_posted_at from rooms
                where id = :room for update
                """)
                .bind("room", room.value())
                .map((row, context) -> {
                    long author = row.getLong("last_author_id");
                    Optional<Entry.Previous> previous = row.wasNull()
                            ? Optional.empty()
                            : Optional.of(
                                    new Entry.Previous(new UserId(author), EntryRows.instant(row, "last_posted_at")));
                    return new RoomLog(handle, room, row.getLong("last_seq"), row.getLong("last_version"), previous);
                })
                .findOne()
                .orElseThrow(Room::notFound);
    }

    /**
     * Appends those that are not there yet.
     *
     * @param looking whether to look first which are
     * @throws Duplicate without looking, when one is
     */
    List<Entry> append(List<Draft> drafts, List<byte[]> fingerprints, Instant now, boolean looking) {
        Set<UserId> authors = drafts.stream().map(draft -> draft.author().id()).collect(Collectors.toSet());
        Set<UserId> voices = voices(authors);
        // Somebody without a voice may still send again what they said when they had one.
        Map<ByteBuffer, Entry> stored =
                looking || !voices.containsAll(authors) ? stored(fingerprints) : new HashMap<>();
        PreparedBatch inserts = handle.prepareBatch("""
                insert into messages
                    (room_id, seq, posted_version, version, author_id, body, fingerprint, reply_to, posted_at)
                values (:room, :seq, :version, :version, :author, :body, :fingerprint, :replyTo, :now)
                """);
        MentionLog mentions = new MentionLog(handle, room);
        List<byte[]> answers = new ArrayList<>();
        for (int i = 0; i < drafts.size(); i++) {
            Draft draft = drafts.get(i);
            byte[] fingerprint = fingerprints.get(i);
            if (stored.containsKey(ByteBuffer.wrap(fingerprint))) {
                continue;
            }
            if (!voices.contains(draft.author().id())) {
                refuse(draft.author().id());
            }
            stored.put(ByteBuffer.wrap(fingerprint), next(draft, now));
            mentions.add(lastSeq, draft.author().id(), draft.body());
            @Nullable Long replyTo = null;
            if (draft.replyTo().isPresent()) {
                replyTo = draft.replyTo().getAsLong();
                answers.add(fingerprint);
            }
            inserts.bind("room", room.value())
                    .bind("seq", lastSeq)
                    .bind("version", lastVersion)
                    .bind("author", draft.author().id().value())
                    .bind("body", draft.body())
                    .bind("fingerprint", fingerprint)
                    .bind("replyTo", replyTo)
                    .bind("now", now)
                    .add();
        }
        if (inserts.size() > 0) {
            inserts.execute();
            mentions.write();
            Entry.Previous last = previous.orElseThrow();
            handle.execute("""
                    update rooms set last_seq = ?, last_version = ?, last_author_id = ?, last_posted_at = ?
                    where id = ?
                    """, lastSeq, lastVersion, last.author().value(), last.postedAt(), room.value());
        }
        // What an answer quotes is read under the lock, so that nothing deleted is quoted.
        stored.putAll(stored(answers));
        return fingerprints.stream()
                .map(fingerprint -> stored.get(ByteBuffer.wrap(fingerprint)))
                .toList();
    }

    private Entry next(Draft draft, Instant now) {
        Message message = new Message(
                room,
                ++lastSeq,
                draft.author(),
                draft.body(),
                now,
                Message.Status.AS_POSTED,
                Optional.empty(),
                List.of());
        Entry entry = new Entry(message, ++lastVersion, lastVersion, previous);
        previous = Optional.of(new Entry.Previous(draft.author().id(), now));
        return entry;
    }

    private Map<ByteBuffer, Entry> stored(List<byte[]> fingerprints) {
        Map<ByteBuffer, Entry> stored = new HashMap<>();
        if (!fingerprints.isEmpty()) {
            handle.createQuery(EntryRows.SELECT.replaceFirst("select", "select m.fingerprint,")
                            + "where m.fingerprint in (<fingerprints>)")
                    .bindList("fingerprints", fingerprints)
                    .map((row, context) ->
                            Map.entry(ByteBuffer.wrap(row.getBytes("fingerprint")), EntryRows.ENTRY.map(row, context)))
                    .forEach(found -> stored.put(found.getKey(), found.getValue()));
        }
        return stored;
    }

    /**
     * Those of these people who belong to the room and are not muted in it. Asked anew under the lock: whoever waits for
     * it may have been removed or muted meanwhile, and a socket is open for longer than that.
     */
    private Set<UserId> voices(Collection<UserId> people) {
        return handle.createQuery("""
                select m.user_id from members m
                where m.room_id = :room and m.user_id = any(:people) and not exists (
                    select 1 from mutes x where x.room_id = m.room_id and x.user_id = m.user_id
                )
                """)
                .bind("room", room.value())
                .bind("people", people.stream().map(UserId::value).toArray(Long[]::new))
                .mapTo(Long.class)
                .map(UserId::new)
                .collect(Collectors.toSet());
    }

    /** @throws ChatException FORBIDDEN for somebody who is muted, or does not belong to the room any more */
    void requireVoice(UserId user) {
        if (!voices(Set.of(user)).contains(user)) {
            refuse(user);
        }
    }

    private void refuse(UserId user) {
        throw MuteRows.in(handle, room).contains(user) ? Room.readsOnly() : Room.left();
    }

    /** A message takes the next version. */
    void touch(long seq) {
        handle.execute(
                "update messages set version = ? where room_id = ? and seq = ?", ++lastVersion, room.value(), seq);
    }

    /** The last thing in a transaction that has touched messages. Returns the room's version. */
    long saveVersion() {
        handle.execute("update rooms set last_version = ? where id = ?", lastVersion, room.value());
        return lastVersion;
    }
}
