package chat.klatsch.store.room;

import chat.klatsch.core.RoomId;
import chat.klatsch.core.User;
import chat.klatsch.core.UserId;
import chat.klatsch.room.LinkInvitation;
import chat.klatsch.room.Membership;
import chat.klatsch.room.NotificationLevel;
import chat.klatsch.room.ReadMarker;
import chat.klatsch.room.Room;
import chat.klatsch.room.RoomPreview;
import chat.klatsch.store.Columns;
import chat.klatsch.store.UserRows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/** Selects and reads rooms: as their members see them, and as previews. */
public final class RoomRows {
    /** The columns of a room as member {@code m} sees it; {@code u} is the other user of a private chat. */
    public static final String ROOM = """
            r.id as room_id, r.name, r.kind, r.owner_id, r.verified_only, u.id, u.username, u.display_name, u.avatar,
            (select x.reason from mutes x where x.room_id = m.room_id and x.user_id = m.user_id) as mute_reason,
            (select v.operator from users v where v.id = m.user_id) as operated
            """;

    /** Joins the other user of private chats only: H2 would read all members of a group before it checks the kind. */
    public static final String FROM_MEMBERSHIP = """
            from members m join rooms r on r.id = m.room_id
            left join members o on o.room_id = case r.kind when 'direct' then r.id end and o.user_id <> m.user_id
            left join users u on u.id = o.user_id
            """;

    /** Counts the mentions that member {@code m} has not read. */
    static final String MENTIONS = """
            (
                select count(*) from mentions x
                where x.user_id = m.user_id and x.room_id = m.room_id and x.seq > m.read_seq
            ) as mentions
            """;

    /** Tells whether member {@code m} has a draft or an open form in the room. */
    static final String DRAFT = """
            exists (
                select 1 from drafts d where d.user_id = m.user_id and d.room_id = m.room_id and d.body <> ''
            ) or exists (
                select 1 from open_forms f where f.user_id = m.user_id and f.room_id = m.room_id
            ) as has_draft
            """;

    /**
     * The newest messages of a room among which a member's own ones are found. Older own ones count as unread for a member
     * who has read nothing since.
     */
    static final int OWN_WINDOW = 500;

    /** Counts the messages of others that member {@code m} has not read, except deleted ones, and the mentions, and looks for a draft. Binds {@code oldest}. */
    static final String UNREAD =
            """
            m.read_seq, m.resets, m.notifications, m.starred, case when r.last_seq = m.read_seq then 0 else
                r.last_seq - m.read_seq - (
                    select count(*) from deletions d where d.room_id = m.room_id and d.seq > m.read_seq
                    and (d.author_id <> m.user_id or d.seq <= r.last_seq - %1$s)
                ) - (
                    select count(*) from messages o where o.room_id = m.room_id
                    and o.seq > greatest(m.read_seq, r.last_seq - %1$s) and o.author_id = m.user_id
                )
            end as unread,
            """.replace("%1$s", Integer.toString(OWN_WINDOW)) + MENTIONS + ", " + InvitationRows.COUNT + ", " + DRAFT;

    /** Sorts the public room first, then groups by name, then private chats by the other user's name. */
    static final String AS_LISTED = """
            order by case r.kind when 'public' then 0 when 'direct' then 2 else 1 end,
                lower(coalesce(u.display_name, u.username, r.name)), r.id
            """;

    private static final String PREVIEW = "select r.id, r.name, r.kind, r.verified_only, r.member_count from rooms r ";

    /** Selects the room of a code. Older links do not say who has created them, and only owners do. */
    static final String LINK_INVITATION = """
            select r.id as room_id, r.name, r.kind, r.verified_only, r.member_count, u.id, u.username, u.display_name,
                u.avatar
            from rooms r left join users u on u.id = coalesce(r.inviter_id, r.owner_id)
                and u.banned_at is null and u.deleted_at is null
            where r.invitation = ? and r.invited_until > ?
            """;

    /** Matches open rooms after the one that is bound, or all if there is none. */
    static final String OPEN_AFTER = """
            left join rooms a on a.id = ? and a.kind = 'open'
            where r.kind = 'open' and (a.id is null or r.member_count < a.member_count
                or r.member_count = a.member_count and r.open_name > a.open_name)
            """;

    /** Matches open rooms whose name contains what is bound. Letters that Unicode does not decompose count as plain ones. */
    static final String HAS_WORD = " and position(%1$s in %2$s) > 0 "
            .replace("%1$s", plain("cast(? as varchar)"))
            .replace("%2$s", plain("r.open_name"));

    /** Sorts open rooms. New accounts cost more than new rooms and messages, so members are hard to feign. */
    static final String BY_SIZE = " order by r.kind, r.member_count desc, r.open_name limit ?";

    public static final RowMapper<Room> AS_ROOM = (row, context) -> room(row);

    static final RowMapper<LinkInvitation> AS_LINK_INVITATION = (row, context) -> new LinkInvitation(
            preview(row, "room_id"),
            Columns.optionalLong(row, "id").isPresent() ? Optional.of(UserRows.user(row)) : Optional.empty());

    static final RowMapper<Membership> AS_MEMBERSHIP = (row, context) -> new Membership(
            room(row),
            marker(row),
            row.getLong("unread"),
            row.getLong("mentions"),
            row.getBoolean("has_draft"),
            false,
            row.getInt("invitations"),
            NotificationLevel.of(row.getString("notifications")),
            row.getBoolean("starred"));

    private RoomRows() {}

    static ReadMarker marker(ResultSet row) throws SQLException {
        return new ReadMarker(row.getLong("read_seq"), row.getLong("resets"));
    }

    private static String plain(String name) {
        return "replace(replace(replace(translate(" + name
                + ", 'øłđðħŧ', 'olddht'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th')";
    }

    static RoomPreview preview(ResultSet row, String id) throws SQLException {
        return new RoomPreview(
                new RoomId(row.getString(id)),
                row.getString("name"),
                kind(row),
                row.getInt("member_count"),
                row.getBoolean("verified_only"));
    }

    static List<RoomPreview> previews(Handle handle, String condition, Object... values) {
        return handle.select(PREVIEW + condition, values)
                .map((row, context) -> preview(row, "id"))
                .list();
    }

    /** Counts the members of a group whose row the caller has locked. */
    public static void countMembers(Handle handle, RoomId room) {
        handle.execute(
                "update rooms set member_count = (select count(*) from members m where m.room_id = rooms.id)"
                        + " where id = ? and kind in ('open', 'closed')",
                room.value());
    }

    private static Room room(ResultSet row) throws SQLException {
        Room.Kind kind = kind(row);
        Optional<User> partner = kind == Room.Kind.DIRECT ? Optional.of(UserRows.user(row)) : Optional.empty();
        return new Room(
                new RoomId(row.getString("room_id")),
                kind,
                partner.map(User::displayName).orElse(row.getString("name")),
                Columns.optionalLong(row, "owner_id").map(UserId::new),
                partner,
                row.getBoolean("verified_only"),
                Optional.ofNullable(row.getString("mute_reason")),
                row.getBoolean("operated"));
    }

    public static Room.Kind kind(ResultSet row) throws SQLException {
        return Room.Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT));
    }
}
