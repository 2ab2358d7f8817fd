package chat.klatsch.store.room;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.RoomId;
import chat.klatsch.core.User;
import chat.klatsch.core.UserId;
import chat.klatsch.room.MembershipStore;
import chat.klatsch.room.Room;
import chat.klatsch.room.RoomSummary;
import chat.klatsch.store.Database;
import chat.klatsch.store.DuplicateKeyException;
import chat.klatsch.store.OperatorRows;
import chat.klatsch.store.RoomLock;
import chat.klatsch.store.UserRows;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Who belongs to which room and how far they have read it, in SQL. Thread-safe. */
public final class SqlMembershipStore implements MembershipStore {
    /** Whoever comes has seen what was said before. Binds the person, the time and the room. */
    public static final String JOIN = """
            insert into members (user_id, room_id, joined_at, read_seq)
            select cast(? as bigint), id, cast(? as timestamp with time zone), last_seq from rooms where id = ?
            """;

    private final Database database;

    public SqlMembershipStore(Database database) {
        this.database = database;
    }

    @Override
    public boolean join(RoomId room, UserId user, Instant now) {
        return join(room, user, now, handle -> {});
    }

    @Override
    public boolean admit(RoomId room, UserId user, String invitation, Instant now) {
        return join(room, user, now, handle -> {
            boolean isOpen = handle.createQuery("""
                    select 1 from rooms
                    where id = :room and (kind = 'open' or invitation = :invitation and invited_until > :now)
                    """)
                    .bind("room", room.value())
                    .bind("invitation", invitation)
                    .bind("now", now)
                    .mapTo(Integer.class)
                    .findOne()
                    .isPresent();
            if (!isOpen) {
                throw ChatException.roomNotFound();
            }
        });
    }

    private boolean join(RoomId room, UserId user, Instant now, Consumer<Handle> condition) {
        try {
            return database.inTransaction(handle -> {
                RoomLock.lock(handle, room);
                condition.accept(handle);
                return handle.execute(JOIN, user.value(), now, room.value()) > 0;
            });
        } catch (DuplicateKeyException e) {
            return false;
        }
    }

    @Override
    public boolean leave(RoomId room, UserId user) {
        return database.inTransaction(handle -> {
            if (RoomLock.lock(handle, room).filter(user::equals).isPresent()) {
                throw Room.ownerStays();
            }
            handle.execute("delete from mentions where room_id = ? and user_id = ?", room.value(), user.value());
            return handle.execute("delete from members where room_id = ? and user_id = ?", room.value(), user.value())
                    > 0;
        });
    }

    @Override
    public boolean mute(RoomId room, UserId user, UserId moderator, Instant now) {
        return database.inTransaction(handle -> {
            if (RoomLock.lock(handle, room).filter(user::equals).isPresent() || OperatorRows.isOperator(handle, user)) {
                throw new ChatException(
                        ChatException.Kind.FORBIDDEN, "Nobody mutes an operator, or the owner of the room.");
            }
            return MuteRows.add(handle, room, user, moderator, now);
        });
    }

    @Override
    public void unmute(RoomId room, UserId user, UserId moderator, Instant now) {
        database.inTransaction(handle -> {
            RoomLock.lock(handle, room);
            return MuteRows.takeBack(handle, room, user, moderator, now);
        });
    }

    @Override
    public List<User> members(RoomId room, String after, int limit) {
        return database.read(handle -> members(handle, room, after, limit));
    }

    private static List<User> members(Handle handle, RoomId room, String after, int limit) {
        return handle.createQuery("""
                select u.id, u.username, u.display_name from members m join users u on u.id = m.user_id
                where m.room_id = :room and u.username_key > :after
                order by u.username_key limit :limit
                """)
                .bind("room", room.value())
                .bind("after", after.toLowerCase(Locale.ROOT))
                .bind("limit", limit)
                .map(UserRows.USER)
                .list();
    }

    @Override
    public Optional<RoomSummary> summary(RoomId room, int limit) {
        return database.read(handle -> handle.createQuery("""
                select r.name, r.kind, case r.kind when 'public' then 0 else (
                    select count(*) from members m where m.room_id = r.id
                ) end as members from rooms r where r.id = :room
                """)
                .bind("room", room.value())
                .map((row, context) -> {
                    int count = row.getInt("members");
                    return new RoomSummary(
                            row.getString("name"),
                            RoomRows.kind(row),
                            count,
                            count == 0 ? List.of() : members(handle, room, "", limit),
                            MuteRows.in(handle, room));
                })
                .findOne());
    }

    @Override
    public Set<UserId> membersAmong(RoomId room, Collection<UserId> people) {
        return database.read(handle -> handle.createQuery(
                        "select user_id from members where room_id = :room and user_id = any(:people)")
                .bind("room", room.value())
                .bind("people", people.stream().map(UserId::value).toArray(Long[]::new))
                .mapTo(Long.class)
                .map(UserId::new)
                .collect(Collectors.toSet()));
    }

    @Override
    public Map<RoomId, Set<UserId>> membersAmong(Collection<RoomId> rooms, Collection<UserId> people) {
        return database.read(handle -> handle.createQuery(
                        "select room_id, user_id from members where user_id = any(:people) and room_id = any(:rooms)")
                .bind("people", people.stream().map(UserId::value).toArray(Long[]::new))
                .bind("rooms", rooms.stream().map(RoomId::value).toArray(String[]::new))
                .reduceRows(new HashMap<>(), (members, row) -> {
                    members.computeIfAbsent(new RoomId(row.getColumn("room_id", String.class)), id -> new HashSet<>())
                            .add(new UserId(row.getColumn("user_id", Long.class)));
                    return members;
                }));
    }
}
