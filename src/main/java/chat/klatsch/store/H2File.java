package chat.klatsch.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.MVStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The file of the embedded database. All methods do nothing for a database in memory or in another process. Thread-safe. */
final class H2File {
    private static final Logger log = LoggerFactory.getLogger(H2File.class);

    /** Nothing is moved while at least this share of the space in use is live, in percent. */
    private static final int ENOUGH_FILLED = 50;

    /** Bytes moved by one call, which mostly adds half a millisecond to a transaction. */
    private static final int BYTES_A_STEP = 128 * 1024;

    private H2File() {}

    /** Returns once everything that was written to the file is on the disk. @throws MVStoreException when it cannot be */
    static void force(Connection connection) throws SQLException {
        Optional<MVStore> store = store(connection);
        if (store.isPresent()) {
            store.get().sync();
        }
    }

    /**
     * Moves a little of what is worth it, so that the file does not grow with everything that was ever written. H2 puts
     * the pages that a commit has changed into a new chunk, some 40 KB for one message, and frees a chunk once all of its
     * pages have been replaced. The few pages that never change again keep their chunks, nine tenths of them waste, until
     * somebody moves them: H2 has a thread for that only when it delays writes. Without one, a message takes 14 KB.
     */
    static void compact(Connection connection) {
        try {
            store(connection).ifPresent(store -> store.compact(ENOUGH_FILLED, BYTES_A_STEP));
        } catch (SQLException | RuntimeException e) {
            // The transaction is committed, so its caller must not see this.
            if (e.getCause() instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            } else {
                log.warn("The database file could not be compacted: {}", e.getMessage());
            }
        }
    }

    private static Optional<MVStore> store(Connection connection) throws SQLException {
        return connection.unwrap(JdbcConnection.class).getSession() instanceof SessionLocal session
                ? Optional.of(session.getDatabase().getStore().getMvStore())
                : Optional.empty();
    }
}
