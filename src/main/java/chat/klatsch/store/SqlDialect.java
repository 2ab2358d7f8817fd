package chat.klatsch.store;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.transaction.LocalTransactionHandler;
import org.jdbi.v3.core.transaction.TransactionHandler;

/** The differences between the two engines: connecting, session time-outs, schema locks and durable commits. */
public enum SqlDialect {
    /** Serves one JVM, so its schema needs no lock. */
    H2("set lock_timeout 3000", "select 1") {
        /**
         * Adds the options that the URL does not set. By default H2 acknowledges commits before they are in its file,
         * closes the file on a signal before this application does, and caches eight parsed statements a connection,
         * fewer than one message takes. Its cache, in KB, fills with pages that the next commit replaces: each collection
         * copied the default 16 MB and paused everything for 20 ms. Its trace file would repeat errors that the chat logs.
         */
        @Override
        String url(String url) {
            String given = url.replaceFirst("[^;]*", "").toUpperCase(Locale.ROOT);
            return Stream.of(
                            "WRITE_DELAY=0",
                            "TRACE_LEVEL_FILE=0",
                            "DB_CLOSE_ON_EXIT=FALSE",
                            "QUERY_CACHE_SIZE=256",
                            "CACHE_SIZE=4096")
                    .map(option -> ";" + option)
                    .filter(option -> !given.contains(option.substring(0, option.indexOf('=') + 1)))
                    .reduce(OrderedPath.url(url), String::concat);
        }

        @Override
        TransactionHandler transactionHandler(ReentrantLock committing) {
            return new ForcedCommits(committing);
        }

        /** H2 commits after each statement that changes the schema, and in the middle of some. */
        @Override
        void changeSchema(Handle handle, Runnable changes) throws SQLException {
            H2File file = H2File.of(handle.getConnection());
            file.prepareCommit();
            handle.execute("comment on table migrations is 'The migrations that have run'");
            file.force();
            file.hold();
            changes.run();
            handle.getConnection().commit();
            file.release();
        }
    },

    /** Sets time-outs by statements, because poolers refuse start-up options. The lock's id is "Klatsch" in ASCII. */
    POSTGRESQL(
            "set statement_timeout = '4s'; set lock_timeout = '3s'; set idle_in_transaction_session_timeout = '5s'",
            "select pg_advisory_xact_lock(" + 0x4b6c6174736368L + ")") {
        /**
         * Returns defaults, which the URL overrides. The socket time-out detects a frozen server, so it exceeds the
         * server's own time-outs.
         */
        @Override
        Properties driverProperties() {
            Properties properties = new Properties();
            properties.putAll(Map.of(
                    "ApplicationName", "klatsch",
                    "connectTimeout", "3",
                    "loginTimeout", "3",
                    "socketTimeout", "6",
                    "tcpKeepAlive", "true",
                    "reWriteBatchedInserts", "true"));
            return properties;
        }
    };

    private final String sessionTimeouts;
    private final String schemaLock;

    SqlDialect(String sessionTimeouts, String schemaLock) {
        this.sessionTimeouts = sessionTimeouts;
        this.schemaLock = schemaLock;
    }

    /** Returns whether a URL names a database of one of the engines, with what its driver needs. */
    public static boolean accepts(String url) {
        try {
            return url.matches("jdbc:(h2:.+|postgresql://[^/?#@]+/[^?#]+(\\?.*)?)")
                    && DriverManager.getDriver(url) != null;
        } catch (SQLException noDriver) {
            return false;
        }
    }

    /** Returns the engine whose driver calls it by this name. */
    static Optional<SqlDialect> named(String product) {
        return Stream.of(values())
                .filter(dialect -> dialect.name().equals(product.toUpperCase(Locale.ROOT)))
                .findFirst();
    }

    /** Returns the engine that a connection leads to. */
    public static SqlDialect of(Connection connection) {
        try {
            return named(connection.getMetaData().getDatabaseProductName()).orElseThrow();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    static SqlDialect of(String url) {
        return url.startsWith("jdbc:postgresql:") ? POSTGRESQL : H2;
    }

    /** Returns whether a migration runs on this engine. */
    boolean runs(String migration) {
        return !migration.contains("/") || migration.startsWith(name().toLowerCase(Locale.ROOT) + "/");
    }

    /** Completes the configured URL. */
    String url(String url) {
        return url;
    }

    Properties driverProperties() {
        return new Properties();
    }

    /** Returns the statement that limits how long a session waits. */
    String sessionTimeouts() {
        return sessionTimeouts;
    }

    /** Returns the statement that limits how long a transaction waits, and nothing after it. Empty if there is none. */
    String transactionTimeouts() {
        return this == POSTGRESQL ? sessionTimeouts.replace("set ", "set local ") : "";
    }

    /** Returns the statement that keeps other nodes from changing the schema until the commit. */
    String schemaLock() {
        return schemaLock;
    }

    /** Runs changes of the schema, of which a crash leaves all or none. */
    void changeSchema(Handle handle, Runnable changes) throws SQLException {
        changes.run();
    }

    /**
     * Returns the handler whose commits are durable before others see them, as PostgreSQL's are anyway.
     *
     * @param committing the lock of all commits to an embedded database
     */
    TransactionHandler transactionHandler(ReentrantLock committing) {
        return LocalTransactionHandler.binding();
    }
}
