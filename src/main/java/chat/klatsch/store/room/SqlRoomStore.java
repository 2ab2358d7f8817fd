package chat.klatsch.store.room;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.RoomId;
import chat.klatsch.core.UserId;
import chat.klatsch.room.Invitation;
import chat.klatsch.room.Membership;
import chat.klatsch.room.Room;
import chat.klatsch.room.RoomName;
import chat.klatsch.room.RoomPreview;
import chat.klatsch.room.RoomStore;
import chat.klatsch.store.Columns;
import chat.klatsch.store.Database;
import chat.klatsch.store.DuplicateKeyException;
import chat.klatsch.store.RoomLock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Rooms and their members in SQL that H2 and PostgreSQL both speak. Thread-safe. */
public final class SqlRoomStore implements RoomStore {
    private final Database database;

    public SqlRoomStore(Database database) {
        this.database = database;
    }

    @Override
    public List<Membership> membershipsOf(UserId member) {
        return database.read(handle -> handle.createQuery("select %s, %s %s where m.user_id = :member %s"
                        .formatted(RoomRows.ROOM, RoomRows.UNREAD, RoomRows.FROM_MEMBERSHIP, RoomRows.AS_LISTED))
                .bind("member", member.value())
                .map(RoomRows.AS_MEMBERSHIP)
                .list());
    }

    @Override
    public Optional<Room> room(UserId member, RoomId id) {
        return database.read(handle -> handle.createQuery("select %s %s where m.user_id = :member and m.room_id = :room"
                        .formatted(RoomRows.ROOM, RoomRows.FROM_MEMBERSHIP))
                .bind("member", member.value())
                .bind("room", id.value())
                .map(RoomRows.AS_ROOM)
                .findOne());
    }

    @Override
    public List<RoomPreview> openRooms(int limit) {
        return database.read(handle -> handle.createQuery(
                        "select %s from rooms r where r.kind = 'open' order by lower(r.name), r.id limit :limit"
                                .formatted(RoomRows.DOOR))
                .bind("limit", limit)
                .map(RoomRows.AS_DOOR)
                .list());
    }

    @Override
    public Optional<RoomPreview> openRoom(RoomId id) {
        return database.read(handle -> handle.createQuery(
                        "select %s from rooms r where r.kind = 'open' and r.id = :room".formatted(RoomRows.DOOR))
                .bind("room", id.value())
                .map(RoomRows.AS_DOOR)
                .findOne());
    }

    @Override
    public Optional<RoomPreview> invited(String code, Instant now) {
        return database.read(handle -> handle.createQuery(
                        "select %s from rooms r where r.invitation = :code and r.invited_until > :now"
                                .formatted(RoomRows.DOOR))
                .bind("code", code)
                .bind("now", now)
                .map(RoomRows.AS_DOOR)
                .findOne());
    }

    @Override
    public void create(RoomId id, RoomName name, Room.Kind kind, UserId owner, Instant now) {
        unlessTaken(() -> database.inTransaction(handle -> {
            handle.execute(
                    "insert into rooms (id, name, kind, owner_id, open_name) values (?, ?, ?, ?, ?)",
                    id.value(),
                    name.value(),
                    column(kind),
                    owner.value(),
                    openName(name, kind));
            return handle.execute(SqlMembershipStore.JOIN, owner.value(), now, id.value());
        }));
    }

    @Override
    public RoomId direct(RoomId ifNew, UserId one, UserId other, Instant now) {
        String pair = Math.min(one.value(), other.value()) + ":" + Math.max(one.value(), other.value());
        Optional<RoomId> known = direct(pair);
        if (known.isPresent()) {
            return known.get();
        }
        try {
            return database.inTransaction(handle -> {
                handle.execute(
                        "insert into rooms (id, name, kind, pair) values (?, '', 'direct', ?)", ifNew.value(), pair);
                for (UserId member : Set.of(one, other)) {
                    handle.execute(SqlMembershipStore.JOIN, member.value(), now, ifNew.value());
                }
                return ifNew;
            });
        } catch (DuplicateKeyException e) {
            // The other one was faster, by a moment.
            return direct(pair).orElseThrow(() -> e);
        }
    }

    private Optional<RoomId> direct(String pair) {
        return database.read(handle -> handle.createQuery("select id from rooms where pair = :pair")
                .bind("pair", pair)
                .mapTo(String.class)
                .findOne()
                .map(RoomId::new));
    }

    @Override
    public void change(UserId owner, RoomId room, RoomName name, Room.Kind kind, boolean verifiedOnly) {
        unlessTaken(() -> database.inTransaction(handle -> {
            lockAs(owner, handle, room);
            return handle.execute(
                    "update rooms set name = ?, kind = ?, open_name = ?, verified_only = ? where id = ?",
                    name.value(),
                    column(kind),
                    openName(name, kind),
                    verifiedOnly,
                    room.value());
        }));
    }

    @Override
    public boolean transfer(UserId owner, RoomId room, UserId heir) {
        return database.inTransaction(handle -> {
            lockAs(owner, handle, room);
            MuteRows.remove(handle, room, heir);
            return handle.createUpdate("""
                    update rooms set owner_id = :heir where id = :room and exists (
                        select 1 from members m join users u on u.id = m.user_id
                        where m.room_id = :room and m.user_id = :heir and u.banned_at is null
                    )
                    """)
                            .bind("heir", heir.value())
                            .bind("room", room.value())
                            .execute()
                    > 0;
        });
    }

    @Override
    public Optional<Invitation> invitation(RoomId room, Instant now) {
        return database.read(handle -> handle.createQuery("""
                select invitation, invited_until from rooms where id = :room and invited_until > :now
                """)
                .bind("room", room.value())
                .bind("now", now)
                .map((row, context) ->
                        new Invitation(row.getString("invitation"), Columns.instant(row, "invited_until")))
                .findOne());
    }

    @Override
    public void invite(UserId owner, RoomId room, Invitation invitation) {
        database.inTransaction(handle -> {
            lockAs(owner, handle, room);
            return handle.execute(
                    "update rooms set invitation = ?, invited_until = ? where id = ?",
                    invitation.code(),
                    invitation.expires(),
                    room.value());
        });
    }

    @Override
    public void revokeInvitation(UserId owner, RoomId room) {
        database.inTransaction(handle -> {
            lockAs(owner, handle, room);
            return handle.execute(
                    "update rooms set invitation = null, invited_until = null where id = ?", room.value());
        });
    }

    /** In the order in which everybody locks: the room first, so that nobody comes or writes meanwhile. */
    @Override
    public void delete(UserId owner, RoomId room) {
        database.inTransaction(handle -> {
            lockAs(owner, handle, room);
            return delete(handle, room);
        });
    }

    /** Whoever was the owner a moment ago may have given the room away. */
    private static void lockAs(UserId owner, Handle handle, RoomId room) {
        if (RoomLock.lock(handle, room).filter(owner::equals).isEmpty()) {
            throw Room.ownersOnly();
        }
    }

    /** The room's row is locked already. */
    public static int delete(Handle handle, RoomId room) {
        for (String table : List.of("mentions", "reactions", "answers", "messages", "members", "mutes")) {
            handle.execute("delete from " + table + " where room_id = ?", room.value());
        }
        return handle.execute("delete from rooms where id = ?", room.value());
    }

    private static void unlessTaken(Runnable change) {
        try {
            change.run();
        } catch (DuplicateKeyException e) {
            throw new ChatException(ChatException.Kind.TAKEN, "There is an open room of this name already.");
        }
    }

    private static String column(Room.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    private static @Nullable String openName(RoomName name, Room.Kind kind) {
        return kind == Room.Kind.OPEN ? name.comparable() : null;
    }
}
