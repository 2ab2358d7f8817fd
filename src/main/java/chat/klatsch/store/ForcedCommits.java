package chat.klatsch.store;

import java.sql.SQLException;
import java.util.concurrent.locks.ReentrantLock;
import org.h2.mvstore.MVStoreException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.transaction.DelegatingTransactionHandler;
import org.jdbi.v3.core.transaction.LocalTransactionHandler;
import org.jdbi.v3.core.transaction.TransactionException;
import org.jdbi.v3.core.transaction.TransactionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits H2 transactions one at a time and forces each to the disk before the next. H2 itself makes a commit visible to
 * other sessions first, then writes it to its file, and does not force it. Thread-safe.
 */
final class ForcedCommits extends DelegatingTransactionHandler {
    private static final Logger log = LoggerFactory.getLogger(ForcedCommits.class);

    /** The SQLSTATE of a lost connection, as the store is closed for all. */
    private static final String CONNECTION_FAILURE = "08006";

    private final ReentrantLock committing;

    /** @param committing the lock of all commits to the database */
    ForcedCommits(ReentrantLock committing) {
        this(LocalTransactionHandler.binding(), committing);
    }

    private ForcedCommits(TransactionHandler delegate, ReentrantLock committing) {
        super(delegate);
        this.committing = committing;
    }

    @Override
    public TransactionHandler specialize(Handle handle) throws SQLException {
        return new ForcedCommits(getDelegate().specialize(handle), committing);
    }

    @Override
    public void commit(Handle handle) {
        committing.lock();
        try {
            H2File file = H2File.of(handle.getConnection());
            file.prepareCommit();
            super.commit(handle);
            force(file);
        } catch (SQLException e) {
            throw new TransactionException("Failed to force a transaction to the disk", e);
        } finally {
            committing.unlock();
        }
    }

    /** Closes the store after a failure: what is on the disk is unknown, and a later attempt may succeed without it. */
    private static void force(H2File file) throws SQLException {
        try {
            file.force();
        } catch (MVStoreException e) {
            log.error("The database file could not be forced to the disk, so the database is closed", e);
            file.close();
            throw new SQLException("The database file could not be forced to the disk", CONNECTION_FAILURE, e);
        }
    }

    /** Returns once every commit visible to an earlier query is on the disk. */
    void await() {
        if (committing.isLocked()) {
            committing.lock();
            committing.unlock();
        }
    }
}
