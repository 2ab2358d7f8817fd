package chat.klatsch.store;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Opens connections for the pool. Where the server is not to be reached it keeps trying, several times a second: the
 * pool itself would pause for up to five seconds, for which the database would be back and the chat not. Thread-safe.
 */
final class RetryingDataSource implements DataSource, AutoCloseable {
    private static final org.slf4j.Logger log = LoggerFactory.getLogger(RetryingDataSource.class);
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final String url;
    private final Properties properties;
    private volatile boolean unreachable;
    private volatile boolean closed;

    RetryingDataSource(SqlDialect dialect, String url) {
        this.url = dialect.url(url);
        this.properties = dialect.properties();
    }

    /** Whether the last try did not reach the server. */
    boolean isUnreachable() {
        return unreachable;
    }

    /** A connection, as soon as the server is there, which it may take its time for. */
    Connection getConnection(Duration patience) throws SQLException {
        long end = System.nanoTime() + patience.toNanos();
        return open(() -> System.nanoTime() - end > 0, true);
    }

    /** A connection, however long the server is away. Only for the thread of the pool that adds connections. */
    @Override
    public Connection getConnection() throws SQLException {
        return open(() -> closed, false);
    }

    private Connection open(BooleanSupplier enough, boolean announced) throws SQLException {
        for (boolean first = announced; ; first = false) {
            try {
                Connection connection = DriverManager.getConnection(url, properties);
                unreachable = false;
                return connection;
            } catch (SQLException e) {
                unreachable = SqlError.isUnreachable(e);
                if (!unreachable
                        || enough.getAsBoolean()
                        || Thread.currentThread().isInterrupted()) {
                    throw e;
                }
                if (first) {
                    log.warn("Waiting for the database: {}", SqlError.of(e).reason());
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    /** Lets nobody wait any longer. */
    @Override
    public void close() {
        closed = true;
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        throw new SQLFeatureNotSupportedException();
    }

    /** The time-outs are the driver's own properties. */
    @Override
    public void setLoginTimeout(int seconds) {}

    /** For so long the pool waits, when it closes, for a connection that is being made. */
    @Override
    public int getLoginTimeout() {
        return 2;
    }

    @Override
    public @Nullable PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(PrintWriter out) throws SQLException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return false;
    }
}
