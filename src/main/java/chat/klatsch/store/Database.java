package chat.klatsch.store;

import chat.klatsch.core.ChatException;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.transaction.TransactionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The pool of connections to H2 or PostgreSQL, and what becomes of their errors. Thread-safe. */
public final class Database implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Database.class);
    private static final int POOL = 10;
    private static final int CONNECTION_TIMEOUT_MILLIS = 3_000;
    private static final int VALIDATION_MILLIS = 1_000;

    private final SqlDialect dialect;
    private final RetryingDataSource connector;
    private final HikariDataSource pool;
    private final Jdbi jdbi;
    private final TransactionHandler transactionHandler;

    /** Before the pool's own queue, whose waiting threads cost a seventh of the processor when there are ninety of them. */
    private final Semaphore turns = new Semaphore(POOL);

    private final AtomicBoolean reachable = new AtomicBoolean(true);
    private final AtomicBoolean crowded = new AtomicBoolean();

    private Database(RetryingDataSource connector, SqlDialect dialect) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("klatsch-database");
        config.setDataSource(connector);
        config.setConnectionInitSql(dialect.limits());
        config.setMaximumPoolSize(POOL);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(CONNECTION_TIMEOUT_MILLIS);
        config.setValidationTimeout(VALIDATION_MILLIS);
        config.setInitializationFailTimeout(-1);
        this.dialect = dialect;
        this.connector = connector;
        this.pool = new HikariDataSource(config);
        this.transactionHandler = dialect.transactions();
        this.jdbi = Jdbi.create(pool)
                .registerArrayType(String.class, "varchar")
                .registerArgument(new InstantArgumentFactory());
        jdbi.setTransactionHandler(transactionHandler);
    }

    /**
     * Connects and brings the schema up to date.
     *
     * @param patience how long to wait for a server that cannot be reached yet
     * @throws RuntimeException when the database cannot be reached, refuses, or is in use by another process
     */
    public static Database open(String url, Duration patience) {
        SqlDialect dialect = SqlDialect.of(url);
        RetryingDataSource connector = new RetryingDataSource(dialect, url);
        try (Connection connection = connector.getConnection(patience)) {
            SchemaMigrations.bringUpToDate(connection, dialect);
            return new Database(connector, dialect).connected();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Before the first connection goes: with its last one, a database in memory is gone. */
    private Database connected() {
        try {
            jdbi.useHandle(Handle::getConnection);
            return this;
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    public SqlDialect dialect() {
        return dialect;
    }

    /** Whether it answered when it was last asked, however slowly. */
    public boolean isReachable() {
        return reachable.get();
    }

    private interface Work<T, E extends Exception> {
        T run() throws E;
    }

    /** Runs the work in one transaction: on the disk when it returns, rolled back when it throws. @throws DuplicateKeyException */
    public <T, E extends Exception> T inTransaction(HandleCallback<T, E> work) throws E {
        try {
            return run(() -> jdbi.inTransaction(work));
        } catch (DuplicateKeyException e) {
            awaitCommits();
            throw e;
        }
    }

    /**
     * Runs queries, each for itself: asking the server to commit would be one more way there and back. Returns nothing that
     * a crash could still undo.
     */
    public <T, E extends Exception> T read(HandleCallback<T, E> query) throws E {
        try {
            return run(() -> jdbi.withHandle(query));
        } finally {
            awaitCommits();
        }
    }

    private void awaitCommits() {
        if (transactionHandler instanceof ForcedCommits commits) {
            commits.await();
        }
    }

    private <T, E extends Exception> T run(Work<T, E> work) throws E {
        if (connector.isUnreachable() && pool.getHikariPoolMXBean().getTotalConnections() == 0) {
            // At once, so that a crowd of requests does not hold all threads until it is back.
            throw away(new IllegalStateException("no connection"), "no connection");
        }
        try {
            T result = inTurn(work);
            if (reachable.compareAndSet(false, true)) {
                log.info("The database answers again");
            }
            if (crowded.get() && !turns.hasQueuedThreads()) {
                crowded.set(false);
            }
            return result;
        } catch (JdbiException e) {
            SqlError failure = SqlError.of(e);
            throw switch (failure.kind()) {
                case DUPLICATE -> new DuplicateKeyException(failure.reason());
                case AWAY -> away(e, failure.reason());
                case NO_CONNECTION -> noConnection(e, failure.reason());
                case TOO_SLOW -> tooSlow(e, failure.reason());
                case UNREADABLE ->
                    new ChatException(ChatException.Kind.MALFORMED, "We could not make sense of this request.");
                case OTHER -> withoutValues(e, failure.reason());
            };
        }
    }

    private <T, E extends Exception> T inTurn(Work<T, E> work) throws E {
        try {
            if (!turns.tryAcquire(CONNECTION_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)) {
                throw noConnection(new IllegalStateException("no turn"), "no connection");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ChatException.busy(e);
        }
        try {
            return work.run();
        } finally {
            turns.release();
        }
    }

    private ChatException noConnection(RuntimeException e, String reason) {
        return connector.isUnreachable() ? away(e, reason) : crowded(e);
    }

    private ChatException away(RuntimeException e, String reason) {
        if (reachable.compareAndSet(true, false)) {
            log.warn("The database does not answer: {}", reason);
            // The other connections have most likely gone the same way; nobody needs to find out one by one.
            pool.getHikariPoolMXBean().softEvictConnections();
        }
        return ChatException.unavailable(e);
    }

    /** The pool's queue is the only thing that is too long: said once, until nobody waits any longer. */
    private ChatException crowded(RuntimeException e) {
        if (crowded.compareAndSet(false, true)) {
            log.warn("All {} connections to the database are in use, and some requests have waited in vain", POOL);
        }
        return ChatException.busy(e);
    }

    private static ChatException tooSlow(RuntimeException e, String reason) {
        log.warn("The database did not do its work in time: {}", reason);
        return ChatException.busy(e);
    }

    /** What went wrong, and where, without the statement's values: what people write has no place in a log. */
    private static IllegalStateException withoutValues(JdbiException e, String reason) {
        IllegalStateException failure = new IllegalStateException("A statement failed: " + reason);
        failure.setStackTrace(e.getStackTrace());
        return failure;
    }

    @Override
    public void close() {
        connector.close();
        pool.close();
    }
}
