package chat.klatsch.store.room;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.ChatException.Kind;
import chat.klatsch.core.RoomId;
import chat.klatsch.core.User;
import chat.klatsch.core.UserId;
import chat.klatsch.room.Invitation;
import chat.klatsch.room.InvitationStore;
import chat.klatsch.room.LinkInvitation;
import chat.klatsch.room.ReceivedInvitation;
import chat.klatsch.store.Columns;
import chat.klatsch.store.Database;
import chat.klatsch.store.Queries;
import chat.klatsch.store.RoomLock;
import chat.klatsch.store.UserRows;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Stores invitations. One by name is made under the locks of the room and the invited user, which its conditions depend on,
 * and withdrawn under the room's. Declining changes one row and takes no other lock. Links change under the room's lock.
 * Thread-safe.
 */
public final class SqlInvitationStore implements InvitationStore {
    private static final Duration DECLINED_FOR = Duration.ofDays(30);
    private static final int MAX_TO_ROOM = 100;
    private static final int MAX_OF_USER = 30;
    private static final int MAX_BETWEEN_USERS = 10;

    private final Database database;

    public SqlInvitationStore(Database database) {
        this.database = database;
    }

    @Override
    public boolean invite(UserId owner, RoomId room, User user, Instant now) {
        return database.inTransaction(handle -> {
            lock(handle, owner, room, user.id());
            String member = "select 1 from members where room_id = ? and user_id = ?";
            if (Queries.exists(handle, member, room.value(), user.id().value())
                    || InvitationRows.isInvited(handle, room, user.id(), now)) {
                return false;
            }
            removeOld(handle, user.id(), now);
            refuseDeclined(handle, owner, room, user);
            refuseTooMany(handle, owner, room, user);
            return handle.execute(
                            "insert into invitations (room_id, user_id, inviter_id, invited_at) values (?, ?, ?, ?)",
                            room.value(),
                            user.id().value(),
                            owner.value(),
                            now)
                    > 0;
        });
    }

    /** Locks the user's row, so that invitations to other rooms at the same time count. */
    private static void lock(Handle handle, UserId owner, RoomId room, UserId user) {
        RoomLock.lockAs(handle, owner, room);
        String active = "select 1 from users where id = ? and banned_at is null and deleted_at is null for update";
        if (!Queries.exists(handle, active, user.value())) {
            throw new ChatException(Kind.INVALID, "refusal.user.gone");
        }
    }

    private static void removeOld(Handle handle, UserId user, Instant now) {
        handle.execute(
                "delete from invitations where user_id = ?"
                        + " and (declined_at < ? or declined_at is null and invited_at <= ?)",
                user.value(),
                now.minus(DECLINED_FOR),
                InvitationRows.oldest(now));
    }

    private static void refuseDeclined(Handle handle, UserId owner, RoomId room, User user) {
        String sql = "select 1 from invitations where user_id = ? and declined_at is not null"
                + " and (room_id = ? or inviter_id = ?) limit 1";
        if (Queries.exists(handle, sql, user.id().value(), room.value(), owner.value())) {
            throw new ChatException(Kind.FORBIDDEN, "refusal.declined", user.username());
        }
    }

    /** The old ones are removed, and none of the rest that the owner has sent is declined. */
    private static void refuseTooMany(Handle handle, UserId owner, RoomId room, User user) {
        String open = "select count(*) from invitations where declined_at is null and ";
        if (count(handle, open + "room_id = ?", room.value()) >= MAX_TO_ROOM) {
            throw new ChatException(Kind.INVALID, "refusal.invitations.open");
        }
        long id = user.id().value();
        if (count(handle, open + "user_id = ?", id) >= MAX_OF_USER
                || count(handle, open + "user_id = ? and inviter_id = ?", id, owner.value()) >= MAX_BETWEEN_USERS) {
            throw new ChatException(Kind.INVALID, "refusal.invitations.many", user.username());
        }
    }

    private static int count(Handle handle, String sql, Object... values) {
        return Queries.find(handle, Integer.class, sql, values).orElse(0);
    }

    @Override
    public boolean withdraw(UserId owner, RoomId room, UserId user, Instant now) {
        String sql = "delete from invitations where room_id = ? and user_id = ? and declined_at is null";
        return database.inTransaction(handle -> {
            RoomLock.lockAs(handle, owner, room);
            return InvitationRows.isInvited(handle, room, user, now)
                    && handle.execute(sql, room.value(), user.value()) > 0;
        });
    }

    @Override
    public boolean decline(RoomId room, UserId user, Instant now) {
        String sql = "update invitations set declined_at = coalesce(declined_at, ?) where room_id = ? and user_id = ?"
                + " and (declined_at is not null or invited_at > ?)";
        return database.inTransaction(
                handle -> handle.execute(sql, now, room.value(), user.value(), InvitationRows.oldest(now)) > 0);
    }

    @Override
    public List<ReceivedInvitation> of(UserId user, Instant now) {
        return database.read(handle -> handle.select(
                        """
                select r.id as room, r.name, r.kind, r.verified_only, r.member_count, u.id, u.username, u.display_name, u.avatar
                from invitations i join rooms r on r.id = i.room_id join users u on u.id = i.inviter_id
                where i.user_id = ? and\s""" + InvitationRows.PENDING + """
                 order by i.invited_at desc, r.id
                """, user.value(), InvitationRows.oldest(now))
                .map((row, context) ->
                        new ReceivedInvitation(RoomRows.preview(row, "room"), UserRows.USER.map(row, context)))
                .list());
    }

    @Override
    public Optional<User> inviter(RoomId room, UserId user, Instant now) {
        return database.read(handle -> handle.select(
                        """
                select u.id, u.username, u.display_name, u.avatar from invitations i join users u on u.id = i.inviter_id
                where i.room_id = ? and i.user_id = ? and\s""" + InvitationRows.PENDING, room.value(), user.value(), InvitationRows.oldest(now))
                .map(UserRows.USER)
                .findOne());
    }

    @Override
    public List<User> invited(RoomId room, Instant now) {
        return database.read(handle -> handle.select(
                        """
                select u.id, u.username, u.display_name, u.avatar from invitations i join users u on u.id = i.user_id
                where i.room_id = ? and\s""" + InvitationRows.PENDING + " order by u.username_key",
                        room.value(),
                        InvitationRows.oldest(now))
                .map(UserRows.USER)
                .list());
    }

    @Override
    public Optional<LinkInvitation> byLink(String code, Instant now) {
        return database.read(handle -> handle.select(RoomRows.LINK_INVITATION, code, now)
                .map(RoomRows.AS_LINK_INVITATION)
                .findOne());
    }

    @Override
    public Optional<Invitation> link(RoomId room, Instant now) {
        String sql = "select invitation, invited_until from rooms where id = ? and invited_until > ?";
        return database.read(handle -> handle.select(sql, room.value(), now)
                .map((row, context) ->
                        new Invitation(row.getString("invitation"), Columns.instant(row, "invited_until")))
                .findOne());
    }

    @Override
    public void addLink(UserId owner, RoomId room, Invitation invitation) {
        setLink(owner, room, invitation.code(), invitation.expires());
    }

    @Override
    public void removeLink(UserId owner, RoomId room) {
        setLink(owner, room, null, null);
    }

    private void setLink(UserId owner, RoomId room, @Nullable String code, @Nullable Instant expires) {
        database.inTransaction(handle -> {
            RoomLock.lockAs(handle, owner, room);
            return handle.execute(
                    "update rooms set invitation = ?, invited_until = ?, inviter_id = ? where id = ?",
                    code,
                    expires,
                    owner.value(),
                    room.value());
        });
    }
}
