package chat.klatsch.store;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.IdempotencyKeys.RepeatedRequestException;
import chat.klatsch.store.schema.ExistingTables;
import chat.klatsch.store.schema.TableClaim;
import chat.klatsch.store.schema.TableNames;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.transaction.TransactionHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs transactions and queries on a pool of connections to H2 or PostgreSQL. Thread-safe. */
public final class Database implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Database.class);
    private static final int POOL_SIZE = 10;
    private static final int QUERY_TIMEOUT_SECONDS = 4;
    private static final Duration CONNECTION_TIMEOUT = Duration.ofSeconds(3);

    private final SqlDialect dialect;
    private final TableNames names;
    private final RetryingDataSource dataSource;
    private final TableClaim claim;

    /** Absent if the connections are those of a host, which has a pool. */
    private final @Nullable HikariDataSource pool;

    private final TransactionHandler transactionHandler;
    private final Jdbi jdbi;

    /** Queues callers in front of the pool: ninety threads in the pool's own queue cost a seventh of the processor. */
    private final Semaphore permits = new Semaphore(POOL_SIZE);

    private MeterRegistry meters = new CompositeMeterRegistry();
    private final WriteAttempts writes = new WriteAttempts();
    private final PendingKeys pendingKeys = new PendingKeys();
    private final AtomicBoolean reachable = new AtomicBoolean(true);
    private final AtomicBoolean exhausted = new AtomicBoolean();

    private Database(
            RetryingDataSource dataSource,
            SqlDialect dialect,
            TableNames names,
            TableClaim claim,
            @Nullable HikariDataSource pool) {
        this.dialect = dialect;
        this.names = names;
        this.dataSource = dataSource;
        this.claim = claim;
        this.pool = pool;
        this.transactionHandler = dialect.transactionHandler(claim.committing());
        this.jdbi = Jdbi.create(pool == null ? dataSource.withoutPool() : pool)
                .registerArrayType(String.class, "varchar")
                .registerArgument(new InstantArgumentFactory())
                .setTransactionHandler(transactionHandler);
        names.applyTo(jdbi);
    }

    /** Opens a database whose tables have the prefix that they have by default. */
    public static Database open(String url, Duration timeout) {
        return open(url, timeout, TableNames.STANDARD);
    }

    /**
     * Connects and brings the schema up to date.
     *
     * @param timeout how long to retry while the server cannot be reached
     * @throws RuntimeException if the database cannot be reached, refuses the connection, or is in use by another process, or
     *     the tables by another chat or program
     */
    public static Database open(String url, Duration timeout, String tablePrefix) {
        SqlDialect dialect = SqlDialect.of(url);
        RetryingDataSource dataSource = RetryingDataSource.of(dialect, url);
        try (Connection connection = dataSource.getConnection(timeout)) {
            return open(connection, tablePrefix, dialect, (names, claim) -> {
                HikariDataSource pool = dataSource.openPool(dialect, POOL_SIZE, CONNECTION_TIMEOUT);
                return new Database(dataSource, dialect, names, claim, pool);
            });
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Takes connections from a host's data source, ten at most at a time, and brings the schema up to date.
     *
     * @throws RuntimeException like {@link #open(String, Duration, String)}, and if it is another engine
     */
    public static Database open(DataSource host, Duration timeout, String tablePrefix) {
        HostConnections connections = new HostConnections(host);
        RetryingDataSource dataSource = new RetryingDataSource(connections::open);
        try (Connection connection = dataSource.getConnection(timeout)) {
            SqlDialect dialect = connections.inspect(connection);
            int networkTimeout = connection.getNetworkTimeout();
            return open(connection, tablePrefix, dialect, (names, claim) -> {
                connection.setNetworkTimeout(Runnable::run, networkTimeout);
                Database database = new Database(dataSource, dialect, names, claim, null);
                database.jdbi.getConfig(SqlStatements.class).setQueryTimeout(QUERY_TIMEOUT_SECONDS);
                return database;
            });
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private interface Opening {
        Database open(TableNames names, TableClaim claim) throws SQLException;
    }

    private static Database open(Connection connection, String prefix, SqlDialect dialect, Opening opening)
            throws SQLException {
        TableClaim claim = TableClaim.of(connection, prefix);
        claim.committing().lock();
        try {
            TableNames names = SchemaMigrations.bringUpToDate(connection, dialect, prefix);
            return opening.open(names, claim).connected();
        } catch (Throwable e) {
            claim.close();
            throw e;
        } finally {
            claim.committing().unlock();
        }
    }

    /**
     * Opens one connection to a database as it is, without the time-outs of a pool.
     *
     * @throws IllegalStateException if another program has tables with the prefix
     */
    public static Handle connect(String url, Duration timeout, String tablePrefix) {
        RetryingDataSource dataSource = RetryingDataSource.of(SqlDialect.of(url), url);
        Handle handle = Jdbi.create(() -> dataSource.getConnection(timeout)).open();
        try {
            ExistingTables.read(handle, tablePrefix).names().applyTo(handle);
            return handle;
        } catch (RuntimeException e) {
            handle.close();
            throw e;
        }
    }

    /** Opens a connection of its own, without the time-outs of the pool. */
    public Handle connect() {
        Handle handle =
                Jdbi.create(() -> dataSource.getConnection(CONNECTION_TIMEOUT)).open();
        names.applyTo(handle);
        return handle;
    }

    /** Connects while the first connection is still open: H2 drops an in-memory database with its last connection. */
    private Database connected() {
        try {
            jdbi.useHandle(Handle::getConnection);
            return this;
        } catch (Throwable e) {
            close();
            throw e;
        }
    }

    /** Measures the pool, statements and commits from now on. Called once, before the stores are created. */
    public void measure(MeterRegistry meters) {
        this.meters = meters;
        jdbi.setSqlLogger(new StatementCounter(meters));
        if (pool != null) {
            pool.setMetricRegistry(meters);
        }
    }

    public MeterRegistry meters() {
        return meters;
    }

    public SqlDialect dialect() {
        return dialect;
    }

    PendingKeys pendingKeys() {
        return pendingKeys;
    }

    /** Returns whether the most recent request reached the database, even if it timed out there. */
    public boolean isReachable() {
        return reachable.get();
    }

    /**
     * Runs the work in one transaction, durable on return, which also records the thread's {@linkplain PendingKeys key}.
     * Throws DuplicateKeyException if a unique value exists.
     */
    public <T, E extends Exception> T inTransaction(HandleCallback<T, E> work) throws E {
        if (!writes.admit()) {
            throw ChatException.unavailable(new IllegalStateException("writes fail"));
        }
        try {
            T result = run(
                    handle -> handle.inTransaction(transaction -> {
                        if (pool == null && !dialect.transactionTimeouts().isEmpty()) {
                            transaction.execute(dialect.transactionTimeouts());
                        }
                        pendingKeys.record(transaction);
                        return work.withHandle(transaction);
                    }),
                    true);
            pendingKeys.committed();
            return result;
        } catch (DuplicateKeyException | RepeatedRequestException e) {
            awaitCommits();
            throw e;
        }
    }

    /** Returns the name and version of the engine. */
    public String engine() {
        return read(handle -> handle.queryMetadata(DatabaseMetaData::getDatabaseProductName) + " "
                + handle.queryMetadata(DatabaseMetaData::getDatabaseProductVersion));
    }

    /** Runs queries without a transaction, which saves a round trip. What they return is durable. */
    public <T, E extends Exception> T read(HandleCallback<T, E> query) throws E {
        try {
            return run(query, false);
        } finally {
            awaitCommits();
            if (writes.isDue()) {
                tryToWrite();
            }
        }
    }

    /** Writes nothing new, so that a chat in which nobody writes notices that its disk has room again. */
    private void tryToWrite() {
        try {
            inTransaction(handle -> handle.execute("update migrations set name = name where version = 1"));
        } catch (ChatException e) {
            log.debug("Writes still fail", e);
        }
    }

    private void awaitCommits() {
        if (transactionHandler instanceof ForcedCommits commits) {
            commits.await();
        }
    }

    private <T, E extends Exception> T run(HandleCallback<T, E> work, boolean writing) throws E {
        if (dataSource.isUnreachable()
                && pool != null
                && pool.getHikariPoolMXBean().getTotalConnections() == 0) {
            // Fails fast, so that waiting requests do not occupy every thread until the database is back.
            throw unreachable(new IllegalStateException("no connection"), "no connection");
        }
        try {
            T result = withPermit(work);
            if (writing) {
                writes.succeeded();
            }
            if (!writes.areFailing() && reachable.compareAndSet(false, true)) {
                log.info("The database is responding again");
            }
            if (exhausted.get() && !permits.hasQueuedThreads()) {
                exhausted.set(false);
            }
            return result;
        } catch (JdbiException e) {
            SqlError error = SqlError.of(e);
            if (writing && dialect == SqlDialect.H2 && error.kind() == SqlError.Kind.UNREACHABLE) {
                writes.failed();
            }
            throw switch (error.kind()) {
                case UNREACHABLE -> unreachable(e, error.reason());
                case NO_CONNECTION -> noConnection(e, error.reason());
                case DUPLICATE, TIMEOUT, INVALID_TEXT, OTHER -> error.toException(e);
            };
        }
    }

    private <T, E extends Exception> T withPermit(HandleCallback<T, E> work) throws E {
        try {
            if (!permits.tryAcquire(CONNECTION_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
                throw noConnection(new IllegalStateException("no permit"), "no connection");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ChatException.busy(e);
        }
        try {
            return jdbi.withHandle(work);
        } finally {
            permits.release();
        }
    }

    private ChatException unreachable(RuntimeException e, String reason) {
        if (reachable.compareAndSet(true, false)) {
            log.warn("The database is not responding: {}", reason);
        } else if (dialect != SqlDialect.H2) {
            return ChatException.unavailable(e);
        }
        // The other connections are most likely broken too; evicting them saves finding out one by one. H2 opens its
        // file
        // again only when all are closed.
        if (pool != null) {
            pool.getHikariPoolMXBean().softEvictConnections();
        }
        return ChatException.unavailable(e);
    }

    /** Warns once per overload, which lasts until no thread waits for a permit. */
    private ChatException noConnection(RuntimeException e, String reason) {
        if (dataSource.isUnreachable()) {
            return unreachable(e, reason);
        }
        if (exhausted.compareAndSet(false, true)) {
            log.warn("All {} connections to the database are in use, and some requests timed out waiting", POOL_SIZE);
        }
        return ChatException.busy(e);
    }

    @Override
    public void close() {
        dataSource.close();
        if (pool != null) {
            pool.close();
        }
        claim.close();
    }
}
