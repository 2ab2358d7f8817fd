package chat.klatsch.store;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes connections from a host's data source, with the settings that the chat needs, and gives them back with those of the
 * host. Thread-safe.
 */
final class HostConnections {
    private static final Logger log = LoggerFactory.getLogger(HostConnections.class);

    private static final int ISOLATION = Connection.TRANSACTION_READ_COMMITTED;

    private final DataSource host;

    /** Asked for once, because a driver asks the server each time. */
    private volatile int isolation = ISOLATION;

    HostConnections(DataSource host) {
        this.host = host;
    }

    /**
     * Returns the engine that the data source leads to.
     *
     * @throws IllegalStateException if it is neither H2 nor PostgreSQL
     */
    SqlDialect inspect(Connection connection) throws SQLException {
        isolation = connection.getTransactionIsolation();
        String engine = connection.getMetaData().getDatabaseProductName();
        SqlDialect dialect = SqlDialect.named(engine)
                .orElseThrow(() -> new IllegalStateException(
                        "a data source must lead to H2 or PostgreSQL, and this one leads to " + engine));
        if (dialect == SqlDialect.H2 && delaysWrites(connection)) {
            log.warn(
                    "The H2 database of the data source writes with a delay, so messages of half a second are lost when the"
                            + " process dies. Add ;WRITE_DELAY=0 to its URL");
        }
        return dialect;
    }

    private static boolean delaysWrites(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet setting = statement.executeQuery(
                        "select setting_value from information_schema.settings where setting_name = 'WRITE_DELAY'")) {
            String url = connection.getMetaData().getURL().toLowerCase(Locale.ROOT);
            return !url.startsWith("jdbc:h2:mem:")
                    && setting.next()
                    && !setting.getString(1).equals("0");
        }
    }

    Connection open() throws SQLException {
        Connection connection = host.getConnection();
        try {
            return prepare(connection);
        } catch (SQLException | RuntimeException failure) {
            try (connection) {
                throw failure;
            }
        }
    }

    private Connection prepare(Connection connection) throws SQLException {
        boolean autoCommit = connection.getAutoCommit();
        boolean readOnly = connection.isReadOnly();
        int foreignIsolation = isolation;
        if (!autoCommit) {
            connection.setAutoCommit(true);
        }
        if (readOnly) {
            connection.setReadOnly(false);
        }
        if (foreignIsolation != ISOLATION) {
            connection.setTransactionIsolation(ISOLATION);
        }
        return beforeClose(connection, () -> {
            if (foreignIsolation != ISOLATION) {
                connection.setTransactionIsolation(foreignIsolation);
            }
            if (readOnly) {
                connection.setReadOnly(true);
            }
            if (!autoCommit) {
                connection.setAutoCommit(false);
            }
        });
    }

    private interface Restoring {
        void run() throws SQLException;
    }

    private static Connection beforeClose(Connection connection, Restoring restoring) {
        return (Connection) Proxy.newProxyInstance(
                HostConnections.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("close") && !connection.isClosed()) {
                        try (connection) {
                            restoring.run();
                        }
                        return null;
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
