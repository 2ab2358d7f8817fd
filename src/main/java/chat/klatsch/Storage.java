package chat.klatsch;

import chat.klatsch.store.Database;
import org.jspecify.annotations.Nullable;

/** The opened database and, where it is the embedded one, its directory. */
final class Storage implements AutoCloseable {
    private final Database database;
    private final @Nullable DataDirectory directory;

    private Storage(Database database, @Nullable DataDirectory directory) {
        this.database = database;
        this.directory = directory;
    }

    /** @throws IllegalStateException when it cannot be opened, saying in one line why */
    static Storage open(ChatConfig config) {
        if (config.databaseUrl().isPresent()) {
            return new Storage(connect(config.databaseUrl().get(), "the database", config), null);
        }
        DataDirectory directory = DataDirectory.open(config.dataDirectory());
        try {
            return new Storage(
                    connect(directory.url(), "the database in " + config.dataDirectory(), config), directory);
        } catch (RuntimeException e) {
            directory.close();
            throw e;
        }
    }

    Database database() {
        return database;
    }

    @Override
    public void close() {
        database.close();
        if (directory != null) {
            directory.close();
        }
    }

    private static Database connect(String url, String name, ChatConfig config) {
        try {
            return Database.open(url, config.databasePatience());
        } catch (RuntimeException e) {
            throw StartupFailure.of("open " + name, e);
        }
    }
}
