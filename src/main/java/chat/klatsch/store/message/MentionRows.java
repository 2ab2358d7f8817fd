package chat.klatsch.store.message;

import chat.klatsch.core.RoomId;
import chat.klatsch.core.UserId;
import chat.klatsch.markup.MentionCandidates;
import chat.klatsch.message.LogEntry;
import chat.klatsch.store.Columns;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Finds and records which other members a message mentions. Confined to its transaction. */
final class MentionRows {
    private record Member(RoomId room, String username) {}

    private final PreparedBatch inserts;
    private final Map<Member, UserId> members;

    private MentionRows(Handle handle, Map<Member, UserId> members) {
        this.inserts = handle.prepareBatch("insert into mentions (user_id, room_id, seq) values (:user, :room, :seq)");
        this.members = members;
    }

    /** Reads the members whom texts may mention: one round trip, or none if there is nobody to mention. */
    static MentionRows of(Handle handle, Map<RoomId, Set<String>> candidates) {
        Set<String> names =
                candidates.values().stream().flatMap(Collection::stream).collect(Collectors.toSet());
        Map<Member, UserId> members = new HashMap<>();
        if (!names.isEmpty()) {
            handle.select("""
                    select m.room_id, u.username_key, u.id from users u join members m on m.user_id = u.id
                    where u.username_key = any(?) and m.room_id = any(?)
                    """, names.toArray(String[]::new), Columns.roomIds(candidates.keySet()))
                    .map((row, context) -> Map.entry(
                            new Member(new RoomId(row.getString("room_id")), row.getString("username_key")),
                            new UserId(row.getLong("id"))))
                    .forEach(found -> members.put(found.getKey(), found.getValue()));
        }
        return new MentionRows(handle, members);
    }

    /** Returns the usernames of the mentioned members, except the author's. */
    Set<String> mentioned(RoomId room, UserId author, MentionCandidates candidates) {
        Set<String> mentioned = candidates.among(name -> members.containsKey(new Member(room, name)));
        return mentioned.stream()
                .filter(name -> !author.equals(members.get(new Member(room, name))))
                .collect(Collectors.toSet());
    }

    void add(RoomId room, long seq, Set<String> mentioned) {
        for (String name : mentioned) {
            inserts.bind("user", members.get(new Member(room, name)).value())
                    .bind("room", room.value())
                    .bind("seq", seq)
                    .add();
        }
    }

    /** Runs after the messages are inserted: one round trip, or none if nobody is mentioned. */
    void write() {
        if (inserts.size() > 0) {
            inserts.execute();
        }
    }

    /** Adds the mentions to entries: one round trip, or none if no text contains an {@code @}. */
    static List<LogEntry> withMentions(Handle handle, List<LogEntry> entries) {
        List<LogEntry> mentioning = entries.stream()
                .filter(entry -> MentionCandidates.mayMention(entry.message().body()))
                .toList();
        if (mentioning.isEmpty()) {
            return entries;
        }
        Map<Map.Entry<String, Long>, Set<String>> mentioned = new HashMap<>();
        handle.createQuery("""
                select x.room_id, x.seq, u.username_key
                from unnest(cast(:rooms as varchar array), cast(:seqs as bigint array)) as c (room_id, seq)
                join mentions x on x.room_id = c.room_id and x.seq = c.seq
                join users u on u.id = x.user_id
                """)
                .bind(
                        "rooms",
                        mentioning.stream()
                                .map(entry -> entry.message().room().value())
                                .toArray(String[]::new))
                .bind(
                        "seqs",
                        mentioning.stream().map(entry -> entry.message().seq()).toArray(Long[]::new))
                .map((row, context) -> Map.entry(
                        Map.entry(row.getString("room_id"), row.getLong("seq")), row.getString("username_key")))
                .forEach(found -> mentioned
                        .computeIfAbsent(found.getKey(), key -> new HashSet<>())
                        .add(found.getValue()));
        return entries.stream()
                .map(entry -> entry.with(entry.message()
                        .withMentions(mentioned.getOrDefault(
                                Map.entry(
                                        entry.message().room().value(),
                                        entry.message().seq()),
                                Set.of()))))
                .toList();
    }
}
