package chat.klatsch;

import chat.klatsch.store.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Opens the database that the settings mean, or says in one line why not. */
final class DataDirectory {
    private DataDirectory() {}

    /** @throws IllegalStateException when it cannot be opened */
    static Database open(ChatConfig config) {
        String url = config.databaseUrl().orElseGet(() -> embedded(config.dataDirectory()));
        try {
            return Database.open(url);
        } catch (RuntimeException e) {
            throw new IllegalStateException(
                    config.databaseUrl().isPresent()
                            ? "cannot open the database: " + rootMessage(e)
                            : "cannot open the data directory " + config.dataDirectory() + ": " + rootMessage(e),
                    e);
        }
    }

    /** H2 acknowledges commits before they are on disk unless told not to delay writing. */
    private static String embedded(Path directory) {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new IllegalStateException("cannot make the data directory " + directory + ": " + e, e);
        }
        return "jdbc:h2:file:" + directory.toAbsolutePath().resolve("klatsch")
                + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE";
    }

    private static String rootMessage(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage()).lines().findFirst().orElse(root.toString());
    }
}
