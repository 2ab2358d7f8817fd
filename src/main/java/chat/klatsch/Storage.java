package chat.klatsch;

import chat.klatsch.core.IdempotencyKeys;
import chat.klatsch.store.Database;
import chat.klatsch.store.SqlIdempotencyKeys;
import chat.klatsch.store.backup.BackupSocket;
import chat.klatsch.store.file.DataDirectory;
import chat.klatsch.store.file.PrivateFiles;
import chat.klatsch.store.message.SearchBackfill;
import chat.klatsch.thread.WorkerThreads;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The open database and, if it is the embedded one, its directory, through which it can be backed up. Thread-safe. */
final class Storage implements AutoCloseable {
    private final Database database;
    private final @Nullable DataDirectory directory;
    private final String place;
    private final Optional<BackupSocket> backups;

    private Storage(Database database, @Nullable DataDirectory directory, String place) {
        this.database = database;
        this.place = place;
        this.directory = directory;
        this.backups = directory == null
                ? Optional.empty()
                : BackupSocket.open(database, directory.socket(), PrivateFiles::restrict);
    }

    /** @throws IllegalStateException if it cannot be opened; the message is one line for the operator */
    static Storage open(ChatConfig config, MeterRegistry meters) {
        boolean isEmbedded = config.databaseUrl.isEmpty() && config.dataSource.isEmpty();
        DataDirectory directory = isEmbedded ? DataDirectory.open(config.dataDirectory) : null;
        Database database = null;
        try {
            String url = directory == null ? config.databaseUrl.orElse("") : directory.url();
            database = config.dataSource
                    .map(host -> Database.open(host, config.databaseTimeout, config.tablePrefix))
                    .orElseGet(() -> Database.open(url, config.databaseTimeout, config.tablePrefix));
            database.measure(meters);
            String place = config.dataSource.isPresent()
                    ? "from the data source of the host"
                    : "in "
                            + (directory == null
                                    ? url.replaceFirst("[?;].*", "")
                                    : config.dataDirectory.toAbsolutePath());
            return new Storage(database, directory, place);
        } catch (Throwable e) {
            OpenResources.close(e, database, directory);
            if (e instanceof Error error) {
                throw error;
            }
            String name = directory == null ? "the database" : "the database in " + config.dataDirectory;
            throw StartupFailure.of("open " + name, e);
        }
    }

    /** Returns where the data is, without a user and a password. */
    String place() {
        return place;
    }

    Database database() {
        return database;
    }

    IdempotencyKeys keys(Clock clock) {
        return new SqlIdempotencyKeys(database, clock);
    }

    /** Makes messages of older versions searchable, in the background. */
    void startBackfill(WorkerThreads threads) {
        new SearchBackfill(database, threads.executor(), threads.timer()).start();
    }

    @Override
    public void close() {
        backups.ifPresent(BackupSocket::close);
        database.close();
        if (directory != null) {
            directory.close();
        }
    }
}
