package chat.klatsch.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens connections and retries every RETRY_DELAY while the server cannot be reached. The pool's own backoff grows to
 * five seconds, by which the chat would return later than its database. Thread-safe.
 */
final class RetryingDataSource implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(RetryingDataSource.class);
    private static final Duration RETRY_DELAY = Duration.ofMillis(200);
    private static final Duration VALIDATION_TIMEOUT = Duration.ofSeconds(1);

    /** Time that the closing pool waits for a connection that is being opened. */
    private static final int CLOSE_TIMEOUT_SECONDS = 2;

    /** Opens one connection. */
    interface Opening {
        Connection open() throws SQLException;
    }

    private final Opening opening;
    private volatile boolean unreachable;
    private volatile boolean closed;

    RetryingDataSource(Opening opening) {
        this.opening = opening;
    }

    /** Opens connections with the driver. */
    static RetryingDataSource of(SqlDialect dialect, String url) {
        String complete = dialect.url(url);
        Properties properties = dialect.driverProperties();
        return new RetryingDataSource(() -> DriverManager.getConnection(complete, properties));
    }

    /** Returns whether the most recent attempt failed to reach the server. */
    boolean isUnreachable() {
        return unreachable;
    }

    /** Opens a connection, retrying until the timeout while the server cannot be reached. */
    Connection getConnection(Duration timeout) throws SQLException {
        long end = System.nanoTime() + timeout.toNanos();
        return open(() -> System.nanoTime() - end > 0, true);
    }

    /** Opens a pool. Its own thread, which adds connections, retries until this data source is closed. */
    HikariDataSource openPool(SqlDialect dialect, int size, Duration timeout) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("klatsch-database");
        config.setDataSource(asDataSource(() -> closed));
        config.setConnectionInitSql(dialect.sessionTimeouts());
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(timeout.toMillis());
        config.setValidationTimeout(VALIDATION_TIMEOUT.toMillis());
        config.setInitializationFailTimeout(-1);
        return new HikariDataSource(config);
    }

    /** Returns a data source that tries once. */
    DataSource withoutPool() {
        return asDataSource(() -> true);
    }

    /** Implements the three methods that the pool calls. The driver has its own time-outs, from its properties. */
    private DataSource asDataSource(BooleanSupplier expired) {
        return (DataSource) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {DataSource.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getConnection" -> open(expired, false);
                    case "getLoginTimeout" -> CLOSE_TIMEOUT_SECONDS;
                    case "setLoginTimeout" -> null;
                    default -> method.invoke(this, arguments);
                });
    }

    private Connection open(BooleanSupplier expired, boolean announced) throws SQLException {
        for (boolean first = announced; ; first = false) {
            try {
                Connection connection = opening.open();
                unreachable = false;
                return connection;
            } catch (SQLException e) {
                unreachable = SqlError.isUnreachable(e);
                if (!unreachable
                        || expired.getAsBoolean()
                        || Thread.currentThread().isInterrupted()) {
                    throw e;
                }
                if (first) {
                    log.warn("Waiting for the database: {}", SqlError.of(e).reason());
                }
                LockSupport.parkNanos(RETRY_DELAY.toNanos());
            }
        }
    }

    /** Stops retrying. */
    @Override
    public void close() {
        closed = true;
    }
}
