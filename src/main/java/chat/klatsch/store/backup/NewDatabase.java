package chat.klatsch.store.backup;

import chat.klatsch.store.SchemaMigrations;
import chat.klatsch.store.schema.TableNames;
import java.io.InputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.Statement;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** A file that becomes an embedded database. Nobody opens it before it is complete. */
public final class NewDatabase {
    /** Writes fast, reuses space at once and leaves compaction to the end. */
    private static final String CREATION =
            ";TRACE_LEVEL_FILE=0;DB_CLOSE_ON_EXIT=FALSE;CACHE_SIZE=32768;RETENTION_TIME=0;WRITE_DELAY=500;AUTO_COMPACT_FILL_RATE=0";

    private NewDatabase() {}

    /**
     * Creates an embedded database in a new file. It is complete and on the disk on return, and of no use after a failure.
     *
     * @param file the path without H2's extension
     * @throws BackupException like {@link Restore#read}
     */
    public static void create(InputStream in, Path file, String tablePrefix, Progress progress) {
        String url = "jdbc:h2:file:" + file.toAbsolutePath() + CREATION;
        Restore.fill(in, progress, manifest -> content -> {
            try (Handle handle = Jdbi.create(url).open()) {
                TableNames.with(tablePrefix).applyTo(handle);
                SchemaMigrations.fill(handle, manifest.schema(), filled -> fillFast(filled, content));
                compact(handle.getConnection());
            }
        });
    }

    private static void fillFast(Handle handle, Consumer<Handle> content) {
        try {
            DeferredIndexes indexes = DeferredIndexes.of(handle.getConnection());
            content.accept(handle);
            indexes.create();
        } catch (SQLIntegrityConstraintViolationException e) {
            throw BackupException.damaged(e);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Closes the database and writes its file anew. */
    private static void compact(Connection connection) {
        try (Statement statement = connection.createStatement()) {
            statement.execute("shutdown compact");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
