package chat.klatsch.store;

import chat.klatsch.room.MemberStore;
import chat.klatsch.room.RoomId;
import chat.klatsch.room.User;
import chat.klatsch.room.UserId;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.JdbiException;

/** Who belongs to which room and how far they have read it, in SQL. Thread-safe. */
public final class SqlMemberStore implements MemberStore {
    /** Whoever comes has seen what was said before. Binds the person, the time and the room. */
    static final String JOIN = """
            insert into members (user_id, room_id, joined_at, read_seq)
            select cast(? as bigint), id, cast(? as timestamp with time zone), last_seq from rooms where id = ?
            """;

    private final Database database;

    public SqlMemberStore(Database database) {
        this.database = database;
    }

    @Override
    public boolean join(RoomId room, UserId user, Instant now) {
        try {
            return database.inTransaction(
                    handle -> handle.execute(JOIN, user.value(), now.atOffset(ZoneOffset.UTC), room.value()) > 0);
        } catch (JdbiException e) {
            if (SqlFailure.of(e).kind() == SqlFailure.Kind.DUPLICATE) {
                return false;
            }
            throw e;
        }
    }

    @Override
    public boolean leave(RoomId room, UserId user) {
        return database.inTransaction(handle -> {
            handle.execute("delete from mentions where room_id = ? and user_id = ?", room.value(), user.value());
            return handle.execute("delete from members where room_id = ? and user_id = ?", room.value(), user.value())
                    > 0;
        });
    }

    @Override
    public List<User> members(RoomId room, String after, int limit) {
        return database.inTransaction(handle -> handle.createQuery("""
                select u.id, u.username, u.display_name from members m join users u on u.id = m.user_id
                where m.room_id = :room and u.username_key > :after
                order by u.username_key limit :limit
                """)
                .bind("room", room.value())
                .bind("after", after.toLowerCase(Locale.ROOT))
                .bind("limit", limit)
                .map(SqlAccountStore.USER)
                .list());
    }

    @Override
    public int memberCount(RoomId room) {
        return database.inTransaction(handle -> handle.createQuery("select count(*) from members where room_id = :room")
                .bind("room", room.value())
                .mapTo(Integer.class)
                .one());
    }

    @Override
    public Set<UserId> membersAmong(RoomId room, Collection<UserId> people) {
        return database.inTransaction(handle -> handle.createQuery(
                        "select user_id from members where room_id = :room and user_id = any(:people)")
                .bind("room", room.value())
                .bind("people", people.stream().map(UserId::value).toArray(Long[]::new))
                .mapTo(Long.class)
                .map(UserId::new)
                .collect(Collectors.toSet()));
    }
}
