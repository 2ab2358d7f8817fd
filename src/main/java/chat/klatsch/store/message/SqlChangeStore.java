package chat.klatsch.store.message;

import chat.klatsch.core.RoomId;
import chat.klatsch.message.LogEntry;
import chat.klatsch.program.ChangeStore;
import chat.klatsch.program.Position;
import chat.klatsch.program.VersionSum;
import chat.klatsch.store.Columns;
import chat.klatsch.store.Database;
import chat.klatsch.store.Queries;
import chat.klatsch.store.UserRows;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/** Reads what has happened in rooms, each time by an index. Thread-safe. */
public final class SqlChangeStore implements ChangeStore {
    private static final String SELECT =
            MessageRows.SELECT.replaceFirst("select", "select m.text_version, m.reaction_version,");

    private static final RowMapper<Change> CHANGE = (row, context) -> new Change(
            MessageRows.ENTRY.map(row, context), row.getLong("text_version"), row.getLong("reaction_version"));

    private final Database database;

    public SqlChangeStore(Database database) {
        this.database = database;
    }

    @Override
    public List<Position> current(Optional<? extends Collection<RoomId>> among) {
        String sql = "select id, last_version, last_seq from rooms where kind <> 'direct'";
        return database.read(handle -> among.map(rooms ->
                        handle.createQuery(sql + " and id = any(:rooms)").bind("rooms", Columns.roomIds(rooms)))
                .orElseGet(() -> handle.createQuery(sql))
                .map((row, context) -> new Position(
                        new RoomId(row.getString("id")),
                        row.getLong("last_version"),
                        row.getLong("last_version"),
                        row.getLong("last_seq")))
                .list());
    }

    @Override
    public VersionSum versions() {
        String sql = """
                select coalesce(sum(last_version * (
                    ascii(id) * 16384 + ascii(substring(id || '--', 2, 1)) * 128 + ascii(substring(id || '--', 3, 1)))), 0)
                from rooms where kind <> 'direct'
                """;
        return database.read(handle ->
                new VersionSum(handle.createQuery(sql).mapTo(Long.class).one()));
    }

    @Override
    public List<Change> changes(Position after, int limit) {
        String sql = SELECT + "where m.room_id = ? and m.version > ? order by m.room_id, m.version limit ?";
        return read(sql, after.room().value(), after.read(), limit);
    }

    @Override
    public List<Change> posts(Position after, long before, int limit) {
        String sql = SELECT + "where m.room_id = ? and m.seq > ? and m.seq < ? order by m.room_id, m.seq limit ?";
        return read(sql, after.room().value(), after.seq(), before, limit);
    }

    private List<Change> read(String sql, Object... values) {
        return database.read(handle ->
                complete(handle, handle.select(sql, values).map(CHANGE).list()));
    }

    private static List<Change> complete(Handle handle, List<Change> changes) {
        List<LogEntry> entries = new ArrayList<>(MentionRows.withMentions(
                handle,
                MessageRows.withReactions(
                        handle, changes.stream().map(Change::entry).toList())));
        return IntStream.range(0, changes.size())
                .mapToObj(i -> new Change(
                        entries.get(i), changes.get(i).text(), changes.get(i).reaction()))
                .toList();
    }

    @Override
    public long memberVersion() {
        return database.read(handle -> Queries.find(handle, Long.class, "select version from member_change_counter")
                .orElse(0L));
    }

    @Override
    public List<MemberChange> memberChanges(long after, Optional<RoomId> room, int limit) {
        return database.read(handle -> handle.createQuery("""
                select c.version, c.room_id, c.joined, c.happened_at, u.id, u.username, u.display_name, u.avatar
                from member_changes c join users u on u.id = c.user_id
                where c.version > :after and (:room = '' or c.room_id = :room) order by c.version limit :limit
                """)
                .bindMap(Map.of("after", after, "room", room.map(RoomId::value).orElse(""), "limit", limit))
                .map((row, context) -> new MemberChange(
                        row.getLong("version"),
                        new RoomId(row.getString("room_id")),
                        UserRows.user(row),
                        row.getBoolean("joined"),
                        Columns.instant(row, "happened_at")))
                .list());
    }
}
