package chat.klatsch.store;

import chat.klatsch.store.MigrationRows.Migration;
import chat.klatsch.store.schema.ExistingTables;
import chat.klatsch.store.schema.TableNames;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Batch;
import org.jdbi.v3.core.statement.Script;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.TemplateEngine;

/**
 * Runs each migration once and in the order of the list, and records it with its checksum. The numbers are only names. A
 * migration in an engine's directory is skipped on the other engine. None is edited once it has been released.
 */
public final class SchemaMigrations {
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
            "35-languages.sql",
            "36-former-usernames.sql");

    /** Allows for a change to a large table, here or on another node that holds the lock. */
    private static final Duration MIGRATION_TIMEOUT = Duration.ofMinutes(5);

    private static final Pattern TABLE = Pattern.compile("(?m)^create table (?:if not exists )?(\\w+)");

    private final Handle handle;
    private final SqlDialect dialect;
    private final TableNames names;
    private final List<Migration> migrations;
    private final MigrationRows rows;

    /** @param handle one whose statements get the names of the tables */
    private SchemaMigrations(Handle handle, SqlDialect dialect) {
        this.handle = handle;
        this.dialect = dialect;
        this.names = TableNames.of(handle);
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
            ExistingTables tables = ExistingTables.read(handle, prefix);
            tables.names().applyTo(handle);
            return new SchemaMigrations(handle, dialect).run(tables.mayBeUnrecorded());
        });
    }

    /**
     * Creates the schema of an earlier version in an empty database, has it filled, and brings it up to date. In one transaction,
     * a failure leaves nothing: PostgreSQL undoes everything, and H2 all but the empty tables.
     *
     * @param count the number of migrations that the earlier version had
     * @param content fills the tables, which are empty
     * @throws IllegalStateException like {@link #ran}, and if the database has content
     */
    public static void fill(Handle handle, int count, Consumer<Handle> content) {
        SqlDialect dialect = SqlDialect.of(handle.getConnection());
        try {
            handle.getConnection().setNetworkTimeout(Runnable::run, (int) MIGRATION_TIMEOUT.toMillis());
            handle.execute(dialect.schemaLock());
            new SchemaMigrations(handle, dialect).fill(count, content);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @throws IllegalStateException if a database has content */
    public static void requireEmpty(Handle handle) {
        new SchemaMigrations(handle, SqlDialect.of(handle.getConnection())).refuseContent();
    }

    /** Returns the names of all migrations, in the order in which they run. */
    public static List<String> names() {
        return FILES;
    }

    /** Returns the tables after this number of migrations, except the list of migrations. None refers to a later one. */
    public static List<String> tables(int count) {
        return FILES.subList(0, count).stream()
                .flatMap(file -> TABLE.matcher(Migration.read(file).sql()).results())
                .map(table -> table.group(1))
                .distinct()
                .toList();
    }

    /**
     * Returns the number of migrations that have run on a database, and changes nothing.
     *
     * @throws IllegalStateException if it is not Klatsch's, or a newer or changed build has migrated it
     */
    public static int ran(Handle handle) {
        SchemaMigrations schema = new SchemaMigrations(handle, SqlDialect.of(handle.getConnection()));
        if (!schema.rows.exists("migrations")) {
            throw new IllegalStateException(
                    "the database has no tables of Klatsch, or of an early version; start this version once first");
        }
        List<MigrationRows.Row> ran = schema.rows.all();
        schema.refuseNewerOrChanged(ran);
        return ran.size();
    }

    private TableNames run(boolean mayBeUnrecorded) throws SQLException {
        List<MigrationRows.Row> recorded = rows.open();
        // An earlier start may have been interrupted after it made the list.
        boolean takesOver = mayBeUnrecorded && recorded.isEmpty();
        List<MigrationRows.Row> ran = takesOver ? rows.unrecorded(migrations) : recorded;
        refuseNewerOrChanged(ran);
        if (ran.size() < migrations.size()) {
            dialect.changeSchema(handle, () -> {
                if (takesOver) {
                    rows.takeOver(migrations.subList(0, ran.size()));
                }
                migrate(ran.size(), migrations.size());
            });
        }
        return names;
    }

    private void fill(int count, Consumer<Handle> content) throws SQLException {
        refuseContent();
        rows.open();
        reversed(tables(migrations.size())).forEach(table -> handle.execute("drop table if exists " + table));
        handle.execute("delete from migrations");
        migrate(0, count);
        reversed(tables(count)).forEach(table -> handle.execute("delete from " + table));
        if (dialect == SqlDialect.H2) {
            // H2 has committed most of this anyway.
            handle.getConnection().commit();
        }
        content.accept(handle);
        if (count < migrations.size()) {
            dialect.changeSchema(handle, () -> migrate(count, migrations.size()));
        }
    }

    private static List<String> reversed(List<String> tables) {
        List<String> reversed = new ArrayList<>(tables);
        Collections.reverse(reversed);
        return reversed;
    }

    private void migrate(int from, int to) {
        for (int version = from + 1; version <= to; version++) {
            Migration migration = migrations.get(version - 1);
            if (dialect.runs(migration.name())) {
                execute(names.in(migration.sql()));
            }
            rows.add(version, migration);
        }
    }

    /** Runs statements as they are: Jdbi's scripts would have the prefix put before the names of indexes again. */
    private void execute(String script) {
        Consumer<SqlStatements> asIs = config -> config.setTemplateEngine(TemplateEngine.NOP);
        try (Script statements = handle.createScript(script).configure(SqlStatements.class, asIs);
                Batch batch = handle.createBatch().configure(SqlStatements.class, asIs)) {
            statements.getStatements().forEach(batch::add);
            batch.execute();
        }
    }

    private void refuseContent() {
        for (String table : List.of("users", "messages")) {
            if (rows.exists(table) && Queries.exists(handle, "select 1 from " + table + " limit 1")) {
                throw new IllegalStateException("the database is not empty: it has " + table);
            }
        }
        if (rows.exists("migrations")) {
            refuseNewerOrChanged(rows.all());
        }
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
