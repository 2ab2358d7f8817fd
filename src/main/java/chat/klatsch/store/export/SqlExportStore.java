package chat.klatsch.store.export;

import chat.klatsch.admin.AuditEntry;
import chat.klatsch.core.RoomId;
import chat.klatsch.core.UserId;
import chat.klatsch.export.ExportStore;
import chat.klatsch.message.Emoji;
import chat.klatsch.store.AuditLog;
import chat.klatsch.store.Columns;
import chat.klatsch.store.Database;
import chat.klatsch.store.RoomLock;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Reads what users export. Thread-safe. */
public final class SqlExportStore implements ExportStore {
    private static final String IN_WINDOW = " m.room_id = any(:rooms) and m.seq > :after and m.seq <= :last and ";

    private record Position(String room, long seq) {}

    private final Database database;

    public SqlExportStore(Database database) {
        this.database = database;
    }

    @Override
    public Account account(UserId user) {
        return database.read(handle -> handle.select(
                        "select host_id, email, email_verified_at, operator, banned_at from users where id = ?",
                        user.value())
                .map((row, context) -> new Account(
                        Optional.ofNullable(row.getString("host_id")),
                        Optional.ofNullable(row.getString("email")),
                        instant(row, "email_verified_at"),
                        row.getBoolean("operator"),
                        instant(row, "banned_at")))
                .one());
    }

    @Override
    public Map<RoomId, Instant> joinedAt(UserId user) {
        return database.read(handle -> handle.select(
                        "select room_id, joined_at from members where user_id = ?", user.value())
                .map((row, context) -> Map.entry(room(row), Columns.instant(row, "joined_at")))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    @Override
    public List<Mute> mutes(UserId user) {
        return database.read(handle -> handle.select(
                        "select room_id, reason from mutes where user_id = ? order by room_id", user.value())
                .map((row, context) -> new Mute(room(row), row.getString("reason")))
                .list());
    }

    @Override
    public List<Invitation> invitations(UserId user) {
        return database.read(handle -> handle.select(
                        "select i.room_id, u.username, i.invited_at, i.declined_at from invitations i"
                                + " join users u on u.id = i.inviter_id where i.user_id = ? order by i.invited_at",
                        user.value())
                .map((row, context) -> new Invitation(
                        room(row),
                        row.getString("username"),
                        Columns.instant(row, "invited_at"),
                        instant(row, "declined_at")))
                .list());
    }

    @Override
    public List<RoomSize> rooms(String after, int limit) {
        return database.read(handle -> handle.select(
                        "select id, last_seq from rooms where id > ? and last_seq > 0 order by id limit ?",
                        after,
                        limit)
                .map((row, context) -> new RoomSize(new RoomId(row.getString("id")), row.getLong("last_seq")))
                .list());
    }

    @Override
    public List<OwnMessage> messages(UserId user, Window window) {
        return database.read(handle -> {
            Map<Position, Map<String, Long>> reactions = reactionsTo(handle, user, window);
            return query(
                            handle,
                            "select m.room_id, m.seq, m.body, m.posted_at, m.edited_at, m.reply_to from messages m where"
                                    + IN_WINDOW
                                    + "m.author_id = :user and m.deleted_at is null order by m.room_id, m.seq",
                            user,
                            window)
                    .map((row, context) -> new OwnMessage(
                            room(row),
                            row.getLong("seq"),
                            row.getString("body"),
                            Columns.instant(row, "posted_at"),
                            instant(row, "edited_at"),
                            number(row, "reply_to"),
                            reactions.getOrDefault(position(row), Map.of())))
                    .list();
        });
    }

    private static Map<Position, Map<String, Long>> reactionsTo(Handle handle, UserId user, Window window) {
        Map<Position, Map<String, Long>> reactions = new HashMap<>();
        query(
                        handle,
                        "select m.room_id, m.seq, x.emoji, count(*) as users from messages m"
                                + " join reactions x on x.room_id = m.room_id and x.seq = m.seq where"
                                + IN_WINDOW + "m.author_id = :user and m.version > m.posted_version"
                                + " group by m.room_id, m.seq, x.emoji order by m.room_id, m.seq, x.emoji",
                        user,
                        window)
                .map((row, context) -> Map.entry(position(row), Map.entry(symbol(row), row.getLong("users"))))
                .forEach(reaction -> reactions
                        .computeIfAbsent(reaction.getKey(), position -> new LinkedHashMap<>())
                        .put(reaction.getValue().getKey(), reaction.getValue().getValue()));
        return reactions;
    }

    @Override
    public List<OwnReaction> reactions(UserId user, Window window) {
        return database.read(handle -> query(
                        handle,
                        "select m.room_id, m.seq, m.emoji, m.reacted_at from reactions m where" + IN_WINDOW
                                + "m.user_id = :user order by m.room_id, m.seq, m.reacted_at",
                        user,
                        window)
                .map((row, context) ->
                        new OwnReaction(room(row), row.getLong("seq"), symbol(row), Columns.instant(row, "reacted_at")))
                .list());
    }

    private static Query query(Handle handle, String sql, UserId user, Window window) {
        return handle.createQuery(sql)
                .bind("rooms", Columns.roomIds(window.rooms()))
                .bind("after", window.after())
                .bind("last", window.last())
                .bind("user", user.value());
    }

    @Override
    public List<UnsentText> unsent(UserId user, RoomId room) {
        return database.read(handle -> Stream.of(
                        "select room_id, body, reply_to, null as seq from drafts",
                        "select room_id, body, reply_to, seq from open_forms")
                .flatMap(table -> handle
                        .select(table + " where user_id = ? and room_id = ? and body <> ''", user.value(), room.value())
                        .map((row, context) -> new UnsentText(
                                room(row), row.getString("body"), number(row, "reply_to"), number(row, "seq")))
                        .list()
                        .stream())
                .toList());
    }

    @Override
    public void recordExport(UserId owner, RoomId room, Instant now) {
        database.inTransaction(handle -> {
            RoomLock.lockAs(handle, owner, room);
            return new AuditLog(owner, AuditEntry.Action.ROOM_EXPORTED, now)
                    .room(room)
                    .write(handle);
        });
    }

    private static RoomId room(ResultSet row) throws SQLException {
        return new RoomId(row.getString("room_id"));
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Columns.isNull(row, column) ? Optional.empty() : Optional.of(Columns.instant(row, column));
    }

    private static String symbol(ResultSet row) throws SQLException {
        return Emoji.stored(row.getString("emoji")).symbol();
    }

    private static Position position(ResultSet row) throws SQLException {
        return new Position(row.getString("room_id"), row.getLong("seq"));
    }

    private static OptionalLong number(ResultSet row, String column) throws SQLException {
        return Columns.optionalLong(row, column).map(OptionalLong::of).orElse(OptionalLong.empty());
    }
}
