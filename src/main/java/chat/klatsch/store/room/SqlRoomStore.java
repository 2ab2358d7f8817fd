package chat.klatsch.store.room;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.RoomId;
import chat.klatsch.core.UserId;
import chat.klatsch.room.Invitation;
import chat.klatsch.room.LinkInvitation;
import chat.klatsch.room.Membership;
import chat.klatsch.room.Room;
import chat.klatsch.room.RoomName;
import chat.klatsch.room.RoomPreview;
import chat.klatsch.room.RoomSearch;
import chat.klatsch.room.RoomStore;
import chat.klatsch.store.Columns;
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

/** Stores rooms, their owners and their invitations. Thread-safe. */
public final class SqlRoomStore implements RoomStore {
    /** The tables of what belongs to a room, in the order in which it is deleted. */
    private static final List<String> TABLES = List.of(
            "mentions", "reactions", "answers", "deletions", "messages", "members", "mutes", "invitations", "removals");

    private final Database database;

    public SqlRoomStore(Database database) {
        this.database = database;
    }

    @Override
    public List<Membership> membershipsOf(UserId member) {
        String sql = "select " + RoomRows.ROOM + ", " + RoomRows.UNREAD + " " + RoomRows.FROM_MEMBERSHIP
                + " where m.user_id = ? " + RoomRows.AS_LISTED;
        return database.read(handle ->
                handle.select(sql, member.value()).map(RoomRows.AS_MEMBERSHIP).list());
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
        return previews(
                RoomRows.OPEN_AFTER + RoomRows.HAS_WORD.repeat(search.words().size()) + RoomRows.BY_SIZE,
                values.toArray());
    }

    @Override
    public Optional<RoomPreview> preview(RoomId id, UserId user, Instant now) {
        return database.read(handle -> {
            boolean invited = InvitationRows.isInvited(handle, id, user, now);
            return previews(handle, "where r.id = ? and (r.kind = 'open' or ?)", id.value(), invited).stream()
                    .findFirst();
        });
    }

    @Override
    public Optional<LinkInvitation> invited(String code, Instant now) {
        return database.read(handle -> handle.select(RoomRows.LINK_INVITATION, code, now)
                .map(RoomRows.AS_LINK_INVITATION)
                .findOne());
    }

    private List<RoomPreview> previews(String condition, Object... values) {
        return database.read(handle -> previews(handle, condition, values));
    }

    private static List<RoomPreview> previews(Handle handle, String condition, Object... values) {
        return handle.select(RoomRows.PREVIEW + condition, values)
                .map((row, context) -> RoomRows.preview(row, "id"))
                .list();
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
            // The other user created it concurrently.
            return direct(pair).orElseThrow(() -> e);
        }
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
    public Optional<Invitation> invitation(RoomId room, Instant now) {
        String sql = "select invitation, invited_until from rooms where id = ? and invited_until > ?";
        return database.read(handle -> handle.select(sql, room.value(), now)
                .map((row, context) ->
                        new Invitation(row.getString("invitation"), Columns.instant(row, "invited_until")))
                .findOne());
    }

    @Override
    public void invite(UserId owner, RoomId room, Invitation invitation) {
        String sql = "update rooms set invitation = ?, invited_until = ?, inviter_id = ? where id = ?";
        changeAs(
                owner,
                room,
                handle -> handle.execute(sql, invitation.code(), invitation.expires(), owner.value(), room.value()));
    }

    @Override
    public void revokeInvitation(UserId owner, RoomId room) {
        String sql = "update rooms set invitation = null, invited_until = null where id = ?";
        changeAs(owner, room, handle -> handle.execute(sql, room.value()));
    }

    @Override
    public void delete(UserId owner, RoomId room) {
        changeAs(owner, room, handle -> delete(handle, room));
    }

    /** Changes a room under its lock. Refuses a user who owned it a moment ago but has transferred it since. */
    private int changeAs(UserId owner, RoomId room, ToIntFunction<Handle> change) {
        return database.inTransaction(handle -> {
            if (!RoomLock.lock(handle, room).equals(Optional.of(owner))) {
                throw Room.ownersOnly();
            }
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
            throw new ChatException(ChatException.Kind.TAKEN, "An open room with this name already exists.");
        }
    }

    private static String column(Room.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    private static @Nullable String openName(RoomName name, Room.Kind kind) {
        return kind == Room.Kind.OPEN ? name.comparable() : null;
    }
}
