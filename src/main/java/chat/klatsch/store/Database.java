package chat.klatsch.store;

import chat.klatsch.room.ChatException;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The pool of connections, the schema, and what a database's errors mean to the chat. Thread-safe. */
public final class Database implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Database.class);
    private static final List<String> SCHEMA = List.of("1-lobby.sql");
    private static final int POOL = 10;
    private static final int PATIENCE_MILLIS = 3_000;

    private final HikariDataSource pool;
    private final Jdbi jdbi;
    private final AtomicBoolean reachable = new AtomicBoolean(true);

    private Database(HikariDataSource pool) {
        this.pool = pool;
        this.jdbi = Jdbi.create(pool);
    }

    /**
     * Connects and brings the schema up to date.
     *
     * @throws RuntimeException when the database cannot be reached or is in use by another process
     */
    public static Database open(String url) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("klatsch-database");
        config.setJdbcUrl(url.startsWith("jdbc:h2:") ? durable(url) : url);
        config.setMaximumPoolSize(POOL);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(PATIENCE_MILLIS);
        Database database = new Database(new HikariDataSource(config));
        try {
            database.migrate();
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
        return database;
    }

    /** H2 acknowledges commits before they are on disk, and closes at a signal before we do, unless told otherwise. */
    private static String durable(String url) {
        return Stream.of("WRITE_DELAY=0", "DB_CLOSE_ON_EXIT=FALSE")
                .filter(option -> !url.contains(option.substring(0, option.indexOf('=') + 1)))
                .reduce(url, (all, option) -> all + ";" + option);
    }

    /** Runs the work in one transaction: committed when it returns, rolled back when it throws. */
    <T, E extends Exception> T inTransaction(HandleCallback<T, E> work) throws E {
        try {
            T result = jdbi.inTransaction(work);
            if (reachable.compareAndSet(false, true)) {
                log.info("The database answers again");
            }
            return result;
        } catch (JdbiException e) {
            if (isDuplicate(e)) {
                throw e;
            }
            String reason = sqlException(e).map(Database::reason).orElse("no connection");
            if (!isAway(e)) {
                throw withoutValues(e, reason);
            }
            if (reachable.compareAndSet(true, false)) {
                log.warn("The database does not answer: {}", reason);
            }
            throw ChatException.unavailable(e);
        }
    }

    /** What went wrong, and where, without the statement's values: what people write has no place in a log. */
    private static IllegalStateException withoutValues(JdbiException e, String reason) {
        IllegalStateException failure = new IllegalStateException("A statement failed: " + reason);
        failure.setStackTrace(e.getStackTrace());
        return failure;
    }

    private static String reason(SQLException e) {
        return "SQLSTATE %s, error %d".formatted(e.getSQLState(), e.getErrorCode());
    }

    @Override
    public void close() {
        pool.close();
    }

    static boolean isDuplicate(JdbiException e) {
        return sqlException(e).map(cause -> "23505".equals(cause.getSQLState())).orElse(false);
    }

    private static Optional<SQLException> sqlException(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException found) {
                return Optional.of(found);
            }
        }
        return Optional.empty();
    }

    /**
     * No connection to be had, lost (08), out of resources (53), a lock not had in time (55, HYT00), shut down or
     * cancelled (57), given up for another (40), or H2's own words for closed and broken (90007 and so on).
     */
    private static boolean isAway(JdbiException e) {
        String state = sqlException(e).map(SQLException::getSQLState).orElse("");
        return e instanceof ConnectionException
                || Stream.of("08", "40", "53", "55", "57").anyMatch(state::startsWith)
                || Set.of("90007", "90028", "90031", "90067", "90098", "90121", "HYT00")
                        .contains(state);
    }

    /** Each schema file runs once, in order; {@code schema_version} remembers how far it came. */
    private void migrate() {
        jdbi.useTransaction(handle -> {
            handle.execute("create table if not exists schema_version (version int primary key)");
            int version = handle.createQuery("select coalesce(max(version), 0) from schema_version")
                    .mapTo(Integer.class)
                    .one();
            for (String file : SCHEMA.subList(Math.min(version, SCHEMA.size()), SCHEMA.size())) {
                apply(handle, file);
                handle.execute("insert into schema_version (version) values (?)", ++version);
            }
        });
    }

    private static void apply(Handle handle, String file) {
        try (InputStream sql = Objects.requireNonNull(Database.class.getResourceAsStream("/schema/" + file), file)) {
            handle.createScript(new String(sql.readAllBytes(), StandardCharsets.UTF_8))
                    .execute();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
