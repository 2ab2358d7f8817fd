package chat.klatsch.store.message;

import chat.klatsch.core.UserId;
import chat.klatsch.search.SearchCursor;
import chat.klatsch.search.SearchFilter;
import chat.klatsch.search.SearchHit;
import chat.klatsch.search.SearchQuery;
import chat.klatsch.search.SearchStore;
import chat.klatsch.store.Columns;
import chat.klatsch.store.Database;
import chat.klatsch.store.SqlDialect;
import chat.klatsch.store.UserRows;
import chat.klatsch.store.room.RoomRows;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.statement.StatementCustomizer;

/** Searches messages with PostgreSQL's full-text index, or by a scan in H2. Thread-safe. */
public final class SqlSearchStore implements SearchStore {
    private static final int SEARCH_SECONDS = 4;
    private static final int COUNT_SECONDS = 1;

    static final RowMapper<SearchHit> HIT = (row, context) -> new SearchHit(
            RoomRows.AS_ROOM.map(row, context),
            row.getLong("seq"),
            UserRows.user(row.getLong("author"), row.getString("author_username"), row.getString("author_name")),
            row.getString("body"),
            Columns.instant(row, "posted_at"));

    private final Database database;

    public SqlSearchStore(Database database) {
        this.database = database;
    }

    /**
     * Starts from the viewer's memberships, so that no other room is read. The columns only shown with a hit are joined
     * outside the limit, which lets PostgreSQL choose its plan by the words alone.
     */
    @Override
    public List<SearchHit> find(
            UserId viewer, SearchQuery query, SearchFilter filter, Optional<SearchCursor> before, int limit) {
        String sql = String.format(
                Locale.ROOT,
                """
                select %s, x.seq, x.body, x.posted_at,
                    a.id as author, a.username as author_username, a.display_name as author_name
                %s join (
                    select x.room_id, x.seq, x.body, x.posted_at, x.author_id
                    from members s join messages x on x.room_id = s.room_id
                    where s.user_id = :viewer and x.deleted_at is null and %%s %s
                    order by x.posted_at desc, x.room_id desc, x.seq desc limit :limit
                ) x on x.room_id = m.room_id join users a on a.id = x.author_id
                where m.user_id = :viewer order by x.posted_at desc, x.room_id desc, x.seq desc
                """,
                RoomRows.ROOM,
                RoomRows.FROM_MEMBERSHIP,
                before.isPresent() ? "and (x.posted_at, x.room_id, x.seq) < (:time, :hitRoom, :seq)" : "");
        return search(sql, viewer, query, filter, limit, SEARCH_SECONDS, search -> {
            before.ifPresent(cursor -> search.bind("time", cursor.postedAt())
                    .bind("hitRoom", cursor.room().value())
                    .bind("seq", cursor.seq()));
            return search.map(HIT).list();
        });
    }

    @Override
    public int count(UserId viewer, SearchQuery query, SearchFilter filter, int limit) {
        String sql = """
                select count(*) from (
                    select x.seq from members s join messages x on x.room_id = s.room_id
                    where s.user_id = :viewer and x.deleted_at is null and %s limit :limit) x
                """;
        return search(
                sql,
                viewer,
                query,
                filter,
                limit,
                COUNT_SECONDS,
                search -> search.mapTo(Integer.class).one());
    }

    /** @param sql has a place for the conditions of the query and the filter */
    private <T> T search(
            String sql,
            UserId viewer,
            SearchQuery query,
            SearchFilter filter,
            int limit,
            int seconds,
            Function<Query, T> read) {
        SearchCondition condition = SearchCondition.of(query, filter, database.dialect());
        return database.inTransaction(handle -> {
            if (database.dialect() == SqlDialect.POSTGRESQL) {
                // A plan for any words scans the messages by time, which takes long for rare words.
                handle.execute("set local plan_cache_mode = force_custom_plan");
            }
            return read.apply(handle.createQuery(String.format(Locale.ROOT, sql, condition.sql()))
                    .bind("viewer", viewer.value())
                    .bindMap(condition.values())
                    .bind("limit", limit)
                    .addCustomizer(new Timeout(seconds)));
        });
    }

    /** Stops a search that would occupy its connection for long. Reset afterwards, as H2 applies it to the connection. */
    private record Timeout(int seconds) implements StatementCustomizer {
        @Override
        public void beforeExecution(PreparedStatement statement, StatementContext context) throws SQLException {
            statement.setQueryTimeout(seconds);
            context.addCleanable(() -> statement.setQueryTimeout(0));
        }
    }
}
