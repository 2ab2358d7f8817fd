package chat.klatsch.store;

import java.sql.SQLException;
import java.util.concurrent.locks.ReentrantLock;
import org.h2.mvstore.MVStoreException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.transaction.DelegatingTransactionHandler;
import org.jdbi.v3.core.transaction.LocalTransactionHandler;
import org.jdbi.v3.core.transaction.TransactionException;
import org.jdbi.v3.core.transaction.TransactionHandler;

/**
 * Commits to H2 one transaction after the other, and forces each to the disk before the next. H2 itself writes a commit to
 * its file without forcing it, and shows it to other sessions before either. Thread-safe.
 */
final class ForcedCommits extends DelegatingTransactionHandler {
    /** Fair, so that a reader waits for the commit under way and not for all that follow it. */
    private final ReentrantLock committing;

    ForcedCommits() {
        this(LocalTransactionHandler.binding(), new ReentrantLock(true));
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
            super.commit(handle);
            H2File.force(handle.getConnection());
        } catch (SQLException | MVStoreException e) {
            throw new TransactionException("Failed to force a transaction to the disk", e);
        } finally {
            committing.unlock();
        }
    }

    /** Waits until everything that a query has just seen is on the disk. */
    void await() {
        if (committing.isLocked()) {
            committing.lock();
            committing.unlock();
        }
    }
}
