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
 * Makes one commit to the embedded database's file durable. Does nothing for a database in memory or in another process.
 * Guarded by the lock of {@link ForcedCommits}.
 */
final class H2File {
    private static final Logger log = LoggerFactory.getLogger(H2File.class);

    /** H2's header entry that marks a file as closed properly. */
    private static final String CLOSED = "clean";

    /** The number of commits between two compaction steps. */
    private static final int COMMITS_PER_STEP = 16;

    /** The percentage of live data above which nothing is compacted. */
    private static final int TARGET_FILL_PERCENT = 50;

    /** The bytes that one step moves, which usually adds half a millisecond to a commit. */
    private static final int BYTES_PER_STEP = 128 * 1024;

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
     * Makes the next commit write the file's header. H2 otherwise lets the header point to an older chunk for up to
     * twenty commits and follows a chain from there to the newest. A new chunk may overwrite a dead one within that chain,
     * and a crash before the next header would then lose all later commits. H2 writes the header whenever it removes the
     * mark of a closed file, so this sets the mark.
     */
    void prepareCommit() {
        if (store != null && !store.isClosed()) {
            store.getStoreHeader().put(CLOSED, 1);
            version = store.getCurrentVersion();
        }
    }

    /**
     * Returns once every commit is on the disk.
     *
     * @throws org.h2.mvstore.MVStoreException if the disk fails
     */
    void force() {
        if (store != null && store.getCurrentVersion() != version) {
            store.sync();
            if (store.getCurrentVersion() % COMMITS_PER_STEP == 0) {
                compact(store);
            }
        }
    }

    /** Lets a crash undo all commits until the release. The last one before must be forced. */
    void hold() {
        if (store != null) {
            store.setReuseSpace(false);
            OrderedPath.channel(store.getFileStore().getFileName()).ifPresent(OrderedChannel::hold);
        }
    }

    /** Returns once all commits since the hold are on the disk, as one. */
    void release() {
        if (store != null) {
            OrderedPath.channel(store.getFileStore().getFileName()).ifPresent(OrderedChannel::release);
            store.setReuseSpace(true);
        }
    }

    /** Closes the store for all connections, without another write. */
    void close() {
        if (store != null) {
            store.closeImmediately();
        }
    }

    /**
     * Moves some live pages out of mostly dead chunks, so that the file does not grow with every write. H2 writes the
     * pages changed by a commit to a new chunk, some 40 KB for one message, and frees a chunk once all its pages have been
     * replaced. A few pages that never change keep a chunk that is nine tenths waste, and H2 moves them by itself only
     * when it delays writes. Without compaction a message takes 14 KB.
     */
    private static void compact(MVStore store) {
        try {
            store.compact(TARGET_FILL_PERCENT, BYTES_PER_STEP);
        } catch (RuntimeException e) {
            // The transaction is durable, so its caller must not see this failure.
            if (e.getCause() instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            } else {
                log.warn("The database file could not be compacted: {}", e.getMessage());
            }
        }
    }
}
