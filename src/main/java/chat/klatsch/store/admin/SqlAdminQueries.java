package chat.klatsch.store.admin;

import chat.klatsch.admin.AdminMessage;
import chat.klatsch.admin.AdminQueries;
import chat.klatsch.admin.AdminRoom;
import chat.klatsch.admin.AdminUser;
import chat.klatsch.admin.AuditEntry;
import chat.klatsch.admin.SiteName;
import chat.klatsch.core.NormalText;
import chat.klatsch.core.RoomId;
import chat.klatsch.core.User;
import chat.klatsch.core.UserId;
import chat.klatsch.store.Columns;
import chat.klatsch.store.Database;
import chat.klatsch.store.OperatorRows;
import chat.klatsch.store.Queries;
import chat.klatsch.store.UserRows;
import chat.klatsch.store.room.RoomRows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.Query;

/** Queries what operators may see; no statement reads a private chat. Thread-safe. */
public final class SqlAdminQueries implements AdminQueries {
    private static final RowMapper<AdminUser> USER = (row, context) -> new AdminUser(
            UserRows.USER.map(row, context),
            Columns.instant(row, "created_at"),
            !Columns.isNull(row, "email_verified_at"),
            row.getBoolean("is_operator"),
            Columns.isNull(row, "banned_at") ? Optional.empty() : Optional.of(Columns.instant(row, "banned_at")));

    private static final RowMapper<AdminRoom> ROOM = (row, context) -> new AdminRoom(
            new RoomId(row.getString("room_id")),
            row.getString("name"),
            RoomRows.kind(row),
            user(row, "owner"),
            row.getBoolean("ownerless"),
            row.getInt("members"),
            row.getLong("last_seq"));

    private static final RowMapper<AdminMessage> MESSAGE = (row, context) -> new AdminMessage(
            new AdminMessage.Id(new RoomId(row.getString("room_id")), row.getLong("seq")),
            row.getString("name"),
            UserRows.USER.map(row, context),
            row.getString("body"),
            Columns.instant(row, "posted_at"));

    /** Starts every query of messages, so that none reads a private chat. */
    private static final String SELECT_MESSAGES = """
            select m.room_id, r.name, m.seq, m.body, m.posted_at, u.id, u.username, u.display_name, u.avatar
            from messages m join rooms r on r.id = m.room_id join users u on u.id = m.author_id
            where r.kind <> 'direct'
            """;

    private static final RowMapper<AuditEntry> ENTRY = (row, context) -> new AuditEntry(
            row.getLong("entry_id"),
            Columns.instant(row, "happened_at"),
            user(row, "actor").orElseThrow(),
            AuditEntry.Action.valueOf(row.getString("action")),
            user(row, "user"),
            Optional.ofNullable(row.getString("room_name")),
            Columns.optionalLong(row, "seq").map(OptionalLong::of).orElseGet(OptionalLong::empty),
            row.getString("note"));

    private final Database database;

    public SqlAdminQueries(Database database) {
        this.database = database;
    }

    @Override
    public boolean isOperator(UserId user) {
        return database.read(handle -> OperatorRows.isOperator(handle, user));
    }

    @Override
    public Optional<SiteName> siteName() {
        return database.read(handle ->
                Queries.find(handle, String.class, "select name from site").map(SiteName::new));
    }

    @Override
    public List<AdminUser> users(String name, String after, int limit) {
        return database.read(handle -> handle.createQuery("""
                select id, username, display_name, avatar, created_at, email_verified_at, operator as is_operator, banned_at
                from users where deleted_at is null and username_key > :after and username_key not like 'bot:%'
                and (position(:name in username_key) > 0 or position(:name in lower(display_name)) > 0)
                order by username_key limit :limit
                """)
                .bind("after", after.toLowerCase(Locale.ROOT))
                .bind("name", NormalText.lowerCase(NormalText.name(name)))
                .bind("limit", limit)
                .map(USER)
                .list());
    }

    @Override
    public List<AdminRoom> rooms(Optional<RoomId> after, int limit) {
        return database.read(handle -> handle.createQuery(String.format(Locale.ROOT, """
                select r.id as room_id, r.name, r.kind, r.last_seq, %s as ownerless,
                    o.id as owner_id, o.username as owner_username, o.display_name as owner_name,
                    (select count(*) from members m where m.room_id = r.id) as members
                from rooms r left join users o on o.id = r.owner_id left join rooms a on a.id = :after and a.kind <> 'direct'
                where r.kind <> 'direct' and (a.id is null or lower(r.name) > lower(a.name)
                    or lower(r.name) = lower(a.name) and r.id > a.id)
                order by lower(r.name), r.id limit :limit
                """, AdminRoomRows.OWNERLESS))
                .bind("after", after.map(RoomId::value).orElse(""))
                .bind("limit", limit)
                .map(ROOM)
                .list());
    }

    @Override
    public Optional<String> roomName(RoomId room) {
        return database.read(handle -> Queries.find(
                handle, String.class, "select name from rooms where id = ? and kind <> 'direct'", room.value()));
    }

    @Override
    public Optional<AdminMessage> message(AdminMessage.Id id) {
        String sql = SELECT_MESSAGES + "and m.room_id = ? and m.seq = ? and m.deleted_at is null";
        return database.read(handle ->
                handle.select(sql, id.room().value(), id.seq()).map(MESSAGE).findOne());
    }

    @Override
    public List<AdminMessage> messages(Optional<AdminMessage.Id> before, int limit) {
        return database.inTransaction(handle -> {
            Optional<AdminMessage> last =
                    before.flatMap(place -> handle.createQuery(SELECT_MESSAGES + "and m.room_id = ? and m.seq = ?")
                            .bind(0, place.room().value())
                            .bind(1, place.seq())
                            .map(MESSAGE)
                            .findOne());
            String older = last.isEmpty() ? "" : """
                    and m.posted_at <= :before and (m.posted_at < :before or m.room_id < :room
                        or m.room_id = :room and m.seq < :seq)
                    """;
            Query query = handle.createQuery(SELECT_MESSAGES + "and m.deleted_at is null " + older
                            + " order by m.posted_at desc, m.room_id desc, m.seq desc limit :limit")
                    .bind("limit", limit);
            last.ifPresent(message -> query.bind("before", message.at())
                    .bind("room", message.id().room().value())
                    .bind("seq", message.id().seq()));
            return query.map(MESSAGE).list();
        });
    }

    @Override
    public List<AuditEntry> auditEntries(boolean byOperators, long before, int limit) {
        return database.read(handle -> handle.createQuery("""
                select a.id as entry_id, a.happened_at, a.action, a.room_name, a.seq, a.note,
                    b.id as actor_id, b.username as actor_username, b.display_name as actor_name,
                    u.id as user_id, u.username as user_username, u.display_name as user_name
                from audit a join users b on b.id = a.actor_id left join users u on u.id = a.user_id
                where a.by_operator = :byOperators and a.id < :before
                order by a.by_operator desc, a.id desc limit :limit
                """)
                .bind("byOperators", byOperators)
                .bind("before", before)
                .bind("limit", limit)
                .map(ENTRY)
                .list());
    }

    private static Optional<User> user(ResultSet row, String prefix) throws SQLException {
        String username = row.getString(prefix + "_username");
        String displayName = row.getString(prefix + "_name");
        return Columns.optionalLong(row, prefix + "_id").map(id -> UserRows.user(id, username, displayName));
    }
}
