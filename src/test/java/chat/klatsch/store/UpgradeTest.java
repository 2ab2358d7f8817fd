package chat.klatsch.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.klatsch.account.NewAccount;
import chat.klatsch.core.RoomId;
import chat.klatsch.message.Draft;
import chat.klatsch.store.account.SqlAccountStore;
import chat.klatsch.store.message.SqlMessageStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Opens databases that earlier, later and other programs have left. */
@ParameterizedClass
@EnumSource(StoreTest.Engine.class)
class UpgradeTest extends StoreTest {
    @ParameterizedTest
    @CsvSource({"1, 3", "24, 4"})
    void a_database_of_each_earlier_schema_is_upgraded(String dump, int count) throws Exception {
        openFresh();
        Set<String> current = schema();
        database.close();
        url = emptyUrl();
        execute(dump(dump, engine));
        reopen();
        assertThat(schema()).isEqualTo(current);
        assertThat(messages.after(RoomId.LOBBY, 0, 10))
                .extracting(entry -> entry.message().body())
                .containsExactlyElementsOf(
                        List.of("one", "two äöü 🎈", "three", "four, in reply").subList(0, count));
        assertThat(seqs(append(new Draft(person("carol"), "key", "after the upgrade"))))
                .containsExactly(count + 1L);
        database.close();
        reopen();
        assertThat(messages.after(RoomId.LOBBY, 0, 10)).hasSize(count + 1);
    }

    @Test
    void a_version_older_than_the_schema_refuses_to_start_and_one_that_runs_goes_on() throws Exception {
        openFresh();
        execute("alter table klatsch_messages add column colour varchar(10) default 'red' not null;"
                + "insert into klatsch_migrations (version, name, checksum) values (99, 'later.sql', 'later')");
        assertRefused("a newer version of Klatsch has changed the database: ");
        if (engine == Engine.POSTGRESQL) {
            assertThat(seqs(append(new Draft(person("alice"), "key", "still here"))))
                    .containsExactly(1L);
        }
    }

    @Test
    void a_migration_that_was_edited_after_it_ran_is_refused() throws Exception {
        openFresh();
        execute("update klatsch_migrations set checksum = 'other' where name = '7-replies.sql'");
        assertRefused("the migration 7-replies.sql is not the one that ran on the database");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create table schema_version (installed_rank int, version varchar(50)); insert into schema_version values (1, '7')",
                "create table schema_version (version int primary key); insert into schema_version values (300)",
            })
    void the_version_table_of_another_program_is_left_alone(String other) throws Exception {
        url = emptyUrl();
        execute(other);
        reopen();
        assertThat(seqs(append(new Draft(person("alice"), "key", "hello")))).containsExactly(1L);
        database.close();
        reopen();
        assertThat(columns()).contains("schema_version.version");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create table klatsch_users (name varchar(10))",
                "create table klatsch_site (id int, users int)",
                "create table klatsch_migrations (id int)",
                "create table klatsch_migrations (version int, name text, checksum text, hidden int)"
            })
    void a_table_of_another_program_with_a_name_of_ours_is_refused_before_anything_is_changed(String other)
            throws Exception {
        url = emptyUrl();
        execute(other);
        Set<String> before = columns();
        assertRefused("the database has a table \"" + other.split(" ")[2] + "\" that is not Klatsch's; give Klatsch");
        assertThat(columns()).isEqualTo(before);
        try (Database own = Database.open(url, Duration.ZERO, "k2_")) {
            assertThat(new SqlMessageStore(own).lastSeq(RoomId.LOBBY)).isZero();
        }
    }

    @Test
    void tables_of_a_host_with_plain_names_are_left_alone() throws Exception {
        url = emptyUrl();
        execute("create table users (name varchar(10)); create table messages (fingerprint int); create index"
                + " messages_by_time on messages (fingerprint); create table migrations (version int)");
        reopen();
        assertThat(seqs(append(new Draft(person("alice"), "key", "hello")))).containsExactly(1L);
        database.close();
        reopen();
        assertThat(columns()).contains("users.name", "klatsch_users.username").doesNotContain("users.username");
    }

    @Test
    void chats_with_different_prefixes_share_a_database_and_one_of_an_earlier_version_is_one_of_them()
            throws Exception {
        url = emptyUrl();
        execute(dump("24", engine));
        reopen();
        List<String> plain = indexes().stream()
                .filter(index -> index.matches("[a-z_]+_(of|by|without)_.*"))
                .toList();
        try (Database second = Database.open(url, Duration.ZERO, "shop_chat_");
                Database third = Database.open(url, Duration.ZERO, "k")) {
            assertThat(messages.lastSeq(RoomId.LOBBY)).isEqualTo(4);
            for (Database other : List.of(second, third)) {
                assertThat(new SqlMessageStore(other).lastSeq(RoomId.LOBBY)).isZero();
                new SqlAccountStore(other)
                        .create(new NewAccount("alice", "correct horse", Optional.empty()), "hash", NOW);
            }
        }
        assertThat(columns())
                .contains("users.host_id", "shop_chat_users.host_id", "kusers.host_id", "kmigrations.name");
        assertThat(plain)
                .hasSizeGreaterThan(10)
                .allSatisfy(index -> assertThat(indexes()).contains("shop_chat_" + index, "k" + index));
    }

    private void assertRefused(String reason) {
        if (engine == Engine.H2 && database != null) {
            // It serves one chat with these tables.
            database.close();
        }
        assertThatThrownBy(() -> Database.open(url, Duration.ZERO))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith(reason);
    }

    static String dump(String name, Engine engine) throws IOException {
        String file = name.equals("1") ? name : name + "-" + engine.name().toLowerCase(Locale.ROOT);
        try (InputStream sql =
                Objects.requireNonNull(UpgradeTest.class.getResourceAsStream("schema/" + file + ".sql"))) {
            return new String(sql.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection(SqlDialect.of(url).url(url));
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Returns all columns with their types, and the indexes that have names of ours, without prefixes. */
    private Set<String> schema() throws SQLException {
        Set<String> schema = new TreeSet<>(columns());
        schema.addAll(indexes());
        return schema.stream().map(name -> name.replace("klatsch_", "")).collect(Collectors.toCollection(TreeSet::new));
    }

    private Set<String> indexes() throws SQLException {
        Set<String> schema = new TreeSet<>();
        try (Connection connection =
                        DriverManager.getConnection(SqlDialect.of(url).url(url));
                ResultSet tables =
                        connection.getMetaData().getTables(null, null, "%", new String[] {"TABLE", "BASE TABLE"})) {
            List<String> names = new ArrayList<>();
            while (tables.next()) {
                if (tables.getString("TABLE_SCHEM").equalsIgnoreCase("public")) {
                    names.add(tables.getString("TABLE_NAME"));
                }
            }
            for (String name : names) {
                try (ResultSet indexes = connection.getMetaData().getIndexInfo(null, null, name, false, false)) {
                    while (indexes.next()) {
                        String index =
                                String.valueOf(indexes.getString("INDEX_NAME")).toLowerCase(Locale.ROOT);
                        if (!index.matches("(constraint|primary|\\w*users_copy).*")) {
                            schema.add(index);
                        }
                    }
                }
            }
        }
        return schema;
    }

    private Set<String> columns() throws SQLException {
        Set<String> columns = new TreeSet<>();
        try (Connection connection =
                        DriverManager.getConnection(SqlDialect.of(url).url(url));
                Statement statement = connection.createStatement();
                ResultSet result =
                        statement.executeQuery("select lower(table_name), lower(column_name), data_type, is_nullable"
                                + " from information_schema.columns where lower(table_schema) = 'public'")) {
            while (result.next()) {
                columns.add(result.getString(1) + "." + result.getString(2));
                columns.add(result.getString(1) + "." + result.getString(2) + " " + result.getString(3) + " "
                        + result.getString(4));
            }
        }
        return columns;
    }
}
