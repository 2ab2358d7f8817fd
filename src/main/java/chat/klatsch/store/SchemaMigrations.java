package chat.klatsch.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Runs each migration once and in the order of the list; {@code schema_version} records how many have run. The numbers are
 * only names. A migration in an engine's directory is skipped on the other engine.
 */
final class SchemaMigrations {
    private static final List<String> FILES = List.of(
            "1-lobby.sql",
            "2-rooms.sql",
            "3-mail.sql",
            "4-profiles.sql",
            "postgresql/5-search.sql",
            "6-admin.sql",
            "7-replies.sql",
            "8-keys.sql",
            "9-changes.sql",
            "10-drafts.sql",
            "11-search-text.sql",
            "postgresql/11-search-words.sql",
            "12-open-forms.sql",
            "13-setup.sql",
            "14-audit.sql",
            "15-open-rooms.sql",
            "16-invitations.sql",
            "17-has-forms.sql",
            "18-site.sql",
            "19-reasons.sql",
            "20-notifications.sql",
            "21-read-markers.sql",
            "22-hours.sql",
            "23-avatars.sql",
            "30-host-users.sql");

    /** Allows for a change to a large table, here or on another node that holds the lock. */
    private static final Duration MIGRATION_TIMEOUT = Duration.ofMinutes(5);

    private SchemaMigrations() {}

    /**
     * Runs the outstanding migrations in one transaction, one node at a time.
     *
     * @param connection without the pool's session time-outs
     */
    static void bringUpToDate(Connection connection, SqlDialect dialect) throws SQLException {
        connection.setNetworkTimeout(Runnable::run, (int) MIGRATION_TIMEOUT.toMillis());
        Jdbi.create(connection).useTransaction(handle -> {
            handle.execute(dialect.schemaLock());
            handle.execute("create table if not exists schema_version (version int primary key)");
            int version = handle.select("select coalesce(max(version), 0) from schema_version")
                    .mapTo(Integer.class)
                    .one();
            for (String file : FILES.subList(Math.min(version, FILES.size()), FILES.size())) {
                if (dialect.runs(file)) {
                    run(handle, file);
                }
                handle.execute("insert into schema_version (version) values (?)", ++version);
            }
        });
    }

    private static void run(Handle handle, String file) {
        try (InputStream sql =
                Objects.requireNonNull(SchemaMigrations.class.getResourceAsStream("schema/" + file), file)) {
            handle.createScript(new String(sql.readAllBytes(), StandardCharsets.UTF_8))
                    .execute();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
