package chat.klatsch.store.room;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.RoomId;
import chat.klatsch.core.UserId;
import chat.klatsch.room.Membership;
import chat.klatsch.room.Room;
import chat.klatsch.room.RoomName;
import chat.klatsch.room.RoomPreview;
import chat.klatsch.room.RoomSearch;
import chat.klatsch.room.RoomStore;
import chat.klatsch.store.Database;
import chat.klatsch.store.DuplicateKeyException;
import chat.klatsch.store.Queries;
import chat.klatsch.store.RoomLock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Stores rooms and their owners. Thread-safe. */
public final class SqlRoomStore implements RoomStore {
    /** The tables of what belongs to a room, in the order in which it is deleted. */
    private static final List<String> TABLES = List.of(
            "mentions",
            "reactions",
            "answers",
            "deletions",
            "messages",
            "members",
            "member_changes",
            "subscription_positions",
            "mutes",
            "invitations",
            "removals");

    private final Database database;

    public SqlRoomStore(Database database) {
        this.database = database;
    }

    @Override
    public List<Membership> membershipsOf(UserId member, Instant now) {
        String sql = "select " + RoomRows.ROOM + ", " + RoomRows.UNREAD + " " + RoomRows.FROM_MEMBERSHIP
                + " where m.user_id = :member " + RoomRows.AS_LISTED;
        return database.read(handle -> handle.createQuery(sql)
                .bind("member", member.value())
                .bind("oldest", InvitationRows.oldest(now))
                .map(RoomRows.AS_MEMBERSHIP)
                .list());
    }

    @Override
    public Optional<Room> room(UserId member, RoomId id) {
        String sql =
                "select " + RoomRows.ROOM + " " + RoomRows.FROM_MEMBERSHIP + " where m.user_id = ? and m.room_id = ?";
        return database.read(handle -> handle.select(sql, member.value(), id.value())
                .map(RoomRows.AS_ROOM)
                .findOne());
    }

    @Override
    public List<RoomPreview> openRooms(RoomSearch search, Optional<RoomId> after, int limit) {
        List<Object> values = new ArrayList<>(List.of(after.map(RoomId::value).orElse("")));
        values.addAll(search.words());
        values.add(limit);
        String condition =
                RoomRows.OPEN_AFTER + RoomRows.HAS_WORD.repeat(search.words().size()) + RoomRows.BY_SIZE;
        return database.read(handle -> RoomRows.previews(handle, condition, values.toArray()));
    }

    @Override
    public Optional<RoomPreview> preview(RoomId id, UserId user, Instant now) {
        return database.read(handle -> {
            boolean invited = InvitationRows.isInvited(handle, id, user, now);
            return RoomRows.previews(handle, "where r.id = ? and (r.kind = 'open' or ?)", id.value(), invited).stream()
                    .findFirst();
        });
    }

    @Override
    public void create(RoomId id, RoomName name, Room.Kind kind, UserId owner, Instant now) {
        refuseTaken(() -> database.inTransaction(handle -> {
            handle.execute(
                    "insert into rooms (id, name, kind, owner_id, open_name, member_count) values (?, ?, ?, ?, ?, 1)",
                    id.value(),
                    name.value(),
                    column(kind),
                    owner.value(),
                    openName(name, kind));
            MemberRows.addFirst(handle, id, owner, now);
            return MemberChangeRows.add(handle, id, owner, true, now);
        }));
    }

    @Override
    public RoomId direct(RoomId ifNew, UserId one, UserId other, Instant now) {
        String pair = pair(one, other);
        Optional<RoomId> known = direct(pair);
        if (known.isPresent()) {
            return known.get();
        }
        try {
            return database.inTransaction(handle -> {
                handle.execute(
                        "insert into rooms (id, name, kind, pair) values (?, '', 'direct', ?)", ifNew.value(), pair);
                for (UserId member : Set.of(one, other)) {
                    MemberRows.addFirst(handle, ifNew, member, now);
                }
                return ifNew;
            });
        } catch (DuplicateKeyException e) {
            // The other user created it concurrently.
            return direct(pair).orElseThrow(() -> e);
        }
    }

    @Override
    public Optional<RoomId> direct(UserId one, UserId other) {
        return direct(pair(one, other));
    }

    private static String pair(UserId one, UserId other) {
        return Math.min(one.value(), other.value()) + ":" + Math.max(one.value(), other.value());
    }

    private Optional<RoomId> direct(String pair) {
        return database.read(handle -> Queries.find(handle, String.class, "select id from rooms where pair = ?", pair)
                .map(RoomId::new));
    }

    @Override
    public void change(UserId owner, RoomId room, RoomName name, Room.Kind kind, boolean verifiedOnly) {
        String sql = "update rooms set name = ?, kind = ?, open_name = ?, verified_only = ? where id = ?";
        refuseTaken(() -> changeAs(
                owner,
                room,
                handle -> handle.execute(
                        sql, name.value(), column(kind), openName(name, kind), verifiedOnly, room.value())));
    }

    @Override
    public boolean transfer(UserId owner, RoomId room, UserId successor) {
        String sql = """
                update rooms set owner_id = ? where id = ? and exists (
                    select 1 from members m join users u on u.id = m.user_id
                    where m.room_id = rooms.id and m.user_id = ? and u.banned_at is null
                )
                """;
        int transferred = changeAs(owner, room, handle -> {
            MuteRows.clear(handle, room, successor);
            return handle.execute(sql, successor.value(), room.value(), successor.value());
        });
        return transferred > 0;
    }

    @Override
    public void delete(UserId owner, RoomId room) {
        changeAs(owner, room, handle -> delete(handle, room));
    }

    /** Changes a room under its lock. */
    private int changeAs(UserId owner, RoomId room, ToIntFunction<Handle> change) {
        return database.inTransaction(handle -> {
            RoomLock.lockAs(handle, owner, room);
            return change.applyAsInt(handle);
        });
    }

    /** Deletes a room whose row the caller has locked. */
    public static int delete(Handle handle, RoomId room) {
        for (String table : TABLES) {
            handle.execute("delete from " + table + " where room_id = ?", room.value());
        }
        return handle.execute("delete from rooms where id = ?", room.value());
    }

    private static void refuseTaken(Runnable change) {
        try {
            change.run();
        } catch (DuplicateKeyException e) {
            throw new ChatException(ChatException.Kind.TAKEN, "refusal.room.name.taken");
        }
    }

    private static String column(Room.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    private static @Nullable String openName(RoomName name, Room.Kind kind) {
        return kind == Room.Kind.OPEN ? name.comparable() : null;
    }
}
