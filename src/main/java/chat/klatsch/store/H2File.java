package chat.klatsch.store;

import java.sql.Connection;
import java.sql.SQLException;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.MVStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file of the embedded database, during one commit. All methods do nothing for a database in memory or in another
 * process. Called under the lock of {@link ForcedCommits}.
 */
final class H2File {
    private static final Logger log = LoggerFactory.getLogger(H2File.class);

    /** H2's own mark in the file's header. */
    private static final String CLOSED = "clean";

    /** A step of compaction follows so many commits. */
    private static final int COMMITS_A_STEP = 16;

    /** Nothing is moved while at least this share of the space in use is live, in percent. */
    private static final int ENOUGH_FILLED = 50;

    /** Bytes moved by one step, which mostly adds half a millisecond to a commit. */
    private static final int BYTES_A_STEP = 128 * 1024;

    private final @Nullable MVStore store;
    private long version;

    private H2File(@Nullable MVStore store) {
        this.store = store;
    }

    static H2File of(Connection connection) throws SQLException {
        return connection.unwrap(JdbcConnection.class).getSession() instanceof SessionLocal session
                        && session.getDatabase().isPersistent()
                ? new H2File(session.getDatabase().getStore().getMvStore())
                : new H2File(null);
    }

    /**
     * Makes the commit write the file's header. H2 otherwise leaves it for up to twenty commits at an older chunk, from
     * which a chain leads to the newest; a new chunk may overwrite a dead one within the chain, and a crash before the
     * header follows would lose all commits behind it. H2 writes the header whenever it takes away the mark of a closed
     * file, so the mark is set for it to take away.
     */
    void prepareCommit() {
        if (store != null && !store.isClosed()) {
            store.getStoreHeader().put(CLOSED, 1);
            version = store.getCurrentVersion();
        }
    }

    /** Returns once everything that was committed is on the disk. @throws MVStoreException when it cannot be */
    void force() {
        if (store != null && store.getCurrentVersion() != version) {
            store.sync();
            if (store.getCurrentVersion() % COMMITS_A_STEP == 0) {
                compact(store);
            }
        }
    }

    /** Closes the store for everybody, without another write. */
    void close() {
        if (store != null) {
            store.closeImmediately();
        }
    }

    /**
     * Moves a little of what is worth it, so that the file does not grow with everything that was ever written. H2 puts
     * the pages that a commit has changed into a new chunk, some 40 KB for one message, and frees a chunk once all of its
     * pages have been replaced. The few pages that never change again keep their chunks, nine tenths of them waste, until
     * somebody moves them: H2 has a thread for that only when it delays writes. Without one, a message takes 14 KB.
     */
    private static void compact(MVStore store) {
        try {
            store.compact(ENOUGH_FILLED, BYTES_A_STEP);
        } catch (RuntimeException e) {
            // The transaction is on the disk, so its caller must not see this.
            if (e.getCause() instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            } else {
                log.warn("The database file could not be compacted: {}", e.getMessage());
            }
        }
    }
}
