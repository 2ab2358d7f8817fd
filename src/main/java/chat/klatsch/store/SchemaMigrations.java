package chat.klatsch.store;

import chat.klatsch.store.MigrationRows.Migration;
import chat.klatsch.store.schema.ExistingTables;
import chat.klatsch.store.schema.TableNames;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Runs each migration once and in the order of the list, and records it with its checksum. The numbers are only names. A
 * migration in an engine's directory is skipped on the other engine. None is edited once it has been released.
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
            "24-indexes.sql",
            "30-host-users.sql",
            "31-programs.sql",
            "32-host-avatars.sql",
            "35-languages.sql");

    /** Allows for a change to a large table, here or on another node that holds the lock. */
    private static final Duration MIGRATION_TIMEOUT = Duration.ofMinutes(5);

    private final Handle handle;
    private final SqlDialect dialect;
    private final ExistingTables tables;
    private final TableNames names;
    private final List<Migration> migrations;
    private final MigrationRows rows;

    private SchemaMigrations(Handle handle, SqlDialect dialect, String prefix) {
        this.handle = handle;
        this.dialect = dialect;
        this.tables = ExistingTables.read(handle, prefix);
        this.names = tables.names();
        this.migrations = FILES.stream().map(Migration::read).toList();
        this.rows = new MigrationRows(handle, names);
    }

    /**
     * Runs the outstanding migrations as one change, which a crash undoes as a whole, and one node at a time.
     *
     * @param connection without the pool's session time-outs
     * @param prefix that of the tables, unless an earlier version has made them
     * @return the names of the tables
     * @throws IllegalStateException if another program has such tables, or a newer or changed build has migrated them
     */
    static TableNames bringUpToDate(Connection connection, SqlDialect dialect, String prefix) throws SQLException {
        connection.setNetworkTimeout(Runnable::run, (int) MIGRATION_TIMEOUT.toMillis());
        return Jdbi.create(connection).inTransaction(handle -> {
            handle.execute(dialect.schemaLock());
            return new SchemaMigrations(handle, dialect, prefix).run();
        });
    }

    private TableNames run() throws SQLException {
        boolean takesOver = tables.areUnrecorded();
        List<MigrationRows.Row> recorded = rows.open();
        List<MigrationRows.Row> ran = takesOver ? rows.unrecorded(migrations) : recorded;
        refuseNewerOrChanged(ran);
        if (ran.size() < migrations.size()) {
            dialect.changeSchema(handle, names, () -> {
                if (takesOver) {
                    rows.takeOver(migrations.subList(0, ran.size()));
                }
                for (int version = ran.size() + 1; version <= migrations.size(); version++) {
                    Migration migration = migrations.get(version - 1);
                    if (dialect.runs(migration.name())) {
                        handle.createScript(names.in(migration.sql())).execute();
                    }
                    rows.add(version, migration);
                }
            });
        }
        return names;
    }

    private void refuseNewerOrChanged(List<MigrationRows.Row> ran) {
        if (ran.size() > migrations.size()) {
            throw MigrationRows.newer(ran.size(), migrations.size());
        }
        for (MigrationRows.Row row : ran) {
            Migration migration = migrations.get(row.version() - 1);
            if (!migration.checksum().equals(row.checksum())) {
                throw new IllegalStateException("the migration " + migration.name()
                        + " is not the one that ran on the database; start an unchanged version of Klatsch");
            }
        }
    }
}
