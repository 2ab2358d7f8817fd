package chat.klatsch.store;

import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.jdbi.v3.core.transaction.LocalTransactionHandler;
import org.jdbi.v3.core.transaction.TransactionHandler;

/** What is said to one engine and not to the other: how to connect, how long a session may wait, how to find a text. */
public enum SqlDialect {
    H2 {
        /**
         * H2 acknowledges commits before they are in its file, and closes at a signal before we do, unless told otherwise;
         * and of each connection's statements it would keep the last eight parsed, which are fewer than a message takes.
         * Its cache, in KB, keeps what is written, which the next commit mostly replaces: 16 MB of it, as by default, are
         * copied by each collection, for which everybody waits 20 ms.
         */
        @Override
        String url(String url) {
            return Stream.of("WRITE_DELAY=0", "DB_CLOSE_ON_EXIT=FALSE", "QUERY_CACHE_SIZE=256", "CACHE_SIZE=4096")
                    .map(option -> ";" + option)
                    .filter(option ->
                            !url.toUpperCase(Locale.ROOT).contains(option.substring(0, option.indexOf('=') + 1)))
                    .reduce(url, String::concat);
        }

        @Override
        Properties properties() {
            return new Properties();
        }

        @Override
        String limits() {
            return "set lock_timeout 3000";
        }

        /** It serves one JVM, in which nobody else starts. */
        @Override
        String turn() {
            return "select 1";
        }

        @Override
        TransactionHandler transactions() {
            return new ForcedCommits();
        }
    },

    POSTGRESQL {
        @Override
        String url(String url) {
            return url;
        }

        /**
         * What the URL says goes before this. The socket's time-out is for a server that has fallen silent, so it is
         * longer than the ones that the server itself keeps.
         */
        @Override
        Properties properties() {
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

        /** Statements and not start-up {@code options}, which poolers refuse. */
        @Override
        String limits() {
            return "set statement_timeout = '4s'; set lock_timeout = '3s';"
                    + " set idle_in_transaction_session_timeout = '5s'";
        }

        @Override
        String turn() {
            return "select pg_advisory_xact_lock(" + SCHEMA + ")";
        }

        /** The server forces a commit to the disk before it shows it to anybody. */
        @Override
        TransactionHandler transactions() {
            return LocalTransactionHandler.binding();
        }
    };

    /** The name of the lock for changing the schema: "Klatsch" in ASCII. */
    private static final long SCHEMA = 0x4b6c6174736368L;

    static SqlDialect of(String url) {
        return url.startsWith("jdbc:postgresql:") ? POSTGRESQL : H2;
    }

    /** Whether a file of the schema is for this engine, too. */
    boolean takes(String file) {
        return !file.contains("/") || file.startsWith(name().toLowerCase(Locale.ROOT) + "/");
    }

    abstract String url(String url);

    /** What the driver is told. */
    abstract Properties properties();

    /** The statement that keeps a session from waiting for long. */
    abstract String limits();

    /** The statement that waits until no other JVM changes the schema, and keeps them waiting until the commit. */
    abstract String turn();

    /** How a transaction ends: on the disk, when its commit returns. */
    abstract TransactionHandler transactions();
}
