package chat.klatsch.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.klatsch.core.RoomId;
import chat.klatsch.message.Draft;
import chat.klatsch.store.backup.Backup;
import chat.klatsch.store.backup.BackupException;
import chat.klatsch.store.backup.Restore;
import chat.klatsch.store.schema.TableNames;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares what backups contain with the schema of each engine. */
@ParameterizedClass
@EnumSource(StoreTest.Engine.class)
class BackupSchemaTest extends StoreTest {
    @Test
    void every_table_is_known_and_comes_after_those_that_it_refers_to() throws Exception {
        openFresh();
        List<String> known = SchemaMigrations.tables(SchemaMigrations.names().size());
        List<String> found = new ArrayList<>();
        try (Connection connection =
                DriverManager.getConnection(SqlDialect.of(url).url(url))) {
            try (ResultSet tables =
                    connection.getMetaData().getTables(null, null, "%", new String[] {"TABLE", "BASE TABLE"})) {
                while (tables.next()) {
                    if (tables.getString("TABLE_SCHEM").equalsIgnoreCase("public")) {
                        found.add(tables.getString("TABLE_NAME"));
                    }
                }
            }
            for (String table : found) {
                try (ResultSet keys = connection.getMetaData().getImportedKeys(null, null, table)) {
                    while (keys.next()) {
                        String referred = plain(keys.getString("PKTABLE_NAME"));
                        assertThat(known.indexOf(referred)).isBetween(0, known.indexOf(plain(table)));
                    }
                }
            }
        }
        assertThat(found.stream().map(BackupSchemaTest::plain).filter(table -> !table.equals("migrations")))
                .containsExactlyInAnyOrderElementsOf(known);
    }

    private static String plain(String table) {
        return table.toLowerCase(Locale.ROOT).replaceFirst("^" + TableNames.STANDARD, "");
    }

    @Test
    void a_backup_of_an_earlier_schema_is_upgraded_where_it_is_restored() throws Exception {
        url = emptyUrl();
        try (Connection connection =
                        DriverManager.getConnection(SqlDialect.of(url).url(url));
                Statement statement = connection.createStatement()) {
            statement.execute(UpgradeTest.dump("24", engine) + ";" + recorded(24));
        }
        ByteArrayOutputStream backup = new ByteArrayOutputStream();
        try (Handle earlier = Database.connect(url, Duration.ZERO, TableNames.STANDARD)) {
            Backup.write(earlier, backup, (rows, total) -> {});
        }
        url = emptyUrl();
        try (Handle target = Database.connect(url, Duration.ZERO, TableNames.STANDARD)) {
            Restore.read(new ByteArrayInputStream(backup.toByteArray()), target, (rows, total) -> {});
        }
        reopen();
        assertThat(messages.after(RoomId.LOBBY, 0, 10))
                .extracting(entry -> entry.message().body())
                .containsExactly("one", "two äöü 🎈", "three", "four, in reply");
        assertThat(seqs(append(new Draft(person("carol"), "key", "after the upgrade"))))
                .containsExactly(5L);
    }

    /** Some prefixes are what a name without prefix begins with. */
    @ParameterizedTest
    @ValueSource(strings = {"users_", "room", "m"})
    void all_names_in_the_schema_have_the_prefix_in_a_new_database_and_in_a_restored_one(String prefix)
            throws Exception {
        openFresh();
        Set<String> standard = names(TableNames.STANDARD);
        assertThat(standard).hasSizeGreaterThan(40);
        ByteArrayOutputStream backup = new ByteArrayOutputStream();
        try (Handle handle = Database.connect(url, Duration.ZERO, TableNames.STANDARD)) {
            Backup.write(handle, backup, (rows, total) -> {});
        }
        url = emptyUrl();
        Database.open(url, Duration.ZERO, prefix).close();
        assertThat(names(prefix)).isEqualTo(standard);
        url = emptyUrl();
        try (Handle target = Database.connect(url, Duration.ZERO, prefix)) {
            Restore.read(new ByteArrayInputStream(backup.toByteArray()), target, (rows, total) -> {});
        }
        assertThat(names(prefix)).isEqualTo(standard);
    }

    /** Returns the names of tables, indexes and functions without the prefix. */
    private Set<String> names(String prefix) throws SQLException {
        String sql = engine == Engine.H2
                ? "select index_name from information_schema.indexes where table_schema = 'PUBLIC'"
                        + " and index_name not like 'PRIMARY_KEY%' and index_name not like 'CONSTRAINT%'"
                        + " union select table_name from information_schema.tables where table_schema = 'PUBLIC'"
                : "select indexname from pg_indexes where schemaname = 'public'"
                        + " union select tablename from pg_tables where schemaname = 'public'"
                        + " union select proname from pg_proc where pronamespace = 'public'::regnamespace"
                        + " and proname not in (select proname from pg_proc join pg_depend on pg_depend.objid = pg_proc.oid"
                        + " where deptype = 'e')";
        Set<String> names = new TreeSet<>();
        try (Connection connection =
                        DriverManager.getConnection(SqlDialect.of(url).url(url));
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(sql)) {
            while (found.next()) {
                String name = found.getString(1).toLowerCase(Locale.ROOT);
                assertThat(name).startsWith(prefix);
                names.add(name.substring(prefix.length()));
            }
        }
        return names;
    }

    /** Returns statements that record migrations by name, as versions do since there are backups. */
    private static String recorded(int count) {
        return "drop table schema_version; create table klatsch_migrations"
                + " (version int primary key, name varchar(100) not null, checksum char(64) not null);"
                + IntStream.rangeClosed(1, count)
                        .mapToObj(version -> {
                            String name = SchemaMigrations.names().get(version - 1);
                            return "insert into klatsch_migrations values (" + version + ", '" + name + "', '"
                                    + MigrationRows.Migration.read(name).checksum() + "')";
                        })
                        .collect(Collectors.joining(";"));
    }

    @Test
    void a_database_of_a_newer_or_another_program_is_not_backed_up() throws Exception {
        url = emptyUrl();
        assertThatThrownBy(this::backUp).hasMessageStartingWith("the database has no tables of Klatsch");
        openFresh();
        database.read(handle -> handle.execute(
                "insert into klatsch_migrations (version, name, checksum) values (99, 'later.sql', 'later')"));
        assertThatThrownBy(this::backUp).hasMessageStartingWith("a newer version of Klatsch has changed the database");
    }

    @Test
    void a_backup_that_fails_midway_is_not_taken_for_a_whole_one() {
        openFresh();
        ByteArrayOutputStream backup = new ByteArrayOutputStream();
        assertThatThrownBy(() -> {
                    try (Handle handle = Database.connect(url, Duration.ZERO, TableNames.STANDARD)) {
                        Backup.write(handle, backup, (rows, total) -> {
                            throw new IllegalStateException("the database is away");
                        });
                    }
                })
                .hasMessage("the database is away");
        assertThatThrownBy(() -> Restore.verify(new ByteArrayInputStream(backup.toByteArray())))
                .isInstanceOf(BackupException.class);
    }

    private void backUp() throws IOException {
        try (Handle handle = Database.connect(url, Duration.ZERO, TableNames.STANDARD)) {
            Backup.write(handle, OutputStream.nullOutputStream(), (rows, total) -> {});
        }
    }
}
