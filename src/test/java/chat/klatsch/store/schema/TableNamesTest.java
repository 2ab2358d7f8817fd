package chat.klatsch.store.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TableNamesTest {
    private static final Path SCHEMA = Path.of("src/main/resources/chat/klatsch/store/schema");
    private static final Pattern NAMED =
            Pattern.compile("create (?:unique )?(table|index|or replace function) (?:if not exists )?(\\w+)");

    private final TableNames names = TableNames.with("k_");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            select name from users where id = ?              | select name from k_users where id = ?
            select u.id from users u join rooms r on r.id = 1 | select u.id from k_users u join k_rooms r on r.id = 1
            insert into site (id) values (1)                 | insert into k_site (id) values (1)
            update rooms set name = 'x'                      | update k_rooms set name = 'x'
            select 1 where exists (select 1 from mutes)      | select 1 where exists (select 1 from k_mutes)
            update rooms set n = rooms.n + 1 where rooms.id = 1 | update k_rooms set n = k_rooms.n + 1 where k_rooms.id = 1
            alter table users add column if not exists site int | alter table k_users add column if not exists site int
            alter table if exists only users drop column rooms | alter table if exists only k_users drop column rooms
            create table if not exists drafts (seq int)      | create table if not exists k_drafts (seq int)
            a int references users (id)                      | a int references k_users (id)
            foreign key (a) references members (a) on delete cascade | foreign key (a) references k_members (a) on delete cascade
            create unique index if not exists users_by_x on users (x) | create unique index if not exists k_users_by_x on k_users (x)
            drop index if exists messages_by_x               | drop index if exists k_messages_by_x
            create trigger t before update of body on messages for each row execute function f() | create trigger t before update of body on k_messages for each row execute function k_f()
            create or replace function f() returns trigger language plpgsql as 'begin end' | create or replace function k_f() returns trigger language plpgsql as 'begin end'
            DELETE FROM audit                                | DELETE FROM k_audit
            select version from migrations                   | select version from k_migrations
            """)
    void a_table_gets_the_prefix(String plain, String prefixed) {
        assertThat(names.in(plain)).isEqualTo(prefixed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select 'from users', \"users\" -- from users\n",
                "select 'it''s from users' as members",
                "select count(*) as members order by members",
                "select :users, :rooms from unnest(cast(:users as bigint array)) as c (room_id, users)",
                "select m.members, m.site from other m where m.users = 1",
                "select * from public.users where public.users.id = 1",
                "select x::users",
                "select members.id from other members where members.id = 1 for update of members",
                "select username, users_copy from userss",
                "select id from x for update skip locked",
                "insert into x values (1) on conflict do update set users = 1",
                "select messages from x where mentions is not distinct from mentions.x"
            })
    void whatever_else_has_the_name_of_a_table_stays(String sql) {
        assertThat(names.in(sql)).isEqualTo(sql);
    }

    @Test
    void databases_of_earlier_versions_have_plain_names_but_for_one() {
        TableNames earlier = TableNames.ofEarlierVersions();
        assertThat(earlier.in("select 1 from users join migrations on migrations.version = users.id"))
                .isEqualTo("select 1 from users join klatsch_migrations on klatsch_migrations.version = users.id");
    }

    @Test
    void all_tables_are_known_and_the_longest_name_fits_with_the_longest_prefix() throws IOException {
        TreeSet<String> tables = new TreeSet<>();
        TreeSet<String> all = new TreeSet<>();
        try (Stream<Path> files = Files.walk(SCHEMA)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                for (MatchResult named :
                        NAMED.matcher(Files.readString(file)).results().toList()) {
                    all.add(named.group(2));
                    if (named.group(1).equals("table")) {
                        tables.add(named.group(2));
                    }
                }
            }
        }
        tables.add("migrations");
        assertThat(TableNames.TABLES).containsExactlyInAnyOrderElementsOf(tables);
        String longest = "k".repeat(30);
        assertThat(TableNames.accepts(longest)).isTrue();
        assertThat(TableNames.accepts(longest + "k")).isFalse();
        assertThat(all)
                .hasSizeGreaterThan(30)
                .allSatisfy(name -> assertThat(longest + name).hasSizeLessThanOrEqualTo(63));
    }

    @ParameterizedTest
    @CsvSource({
        "chat_, true",
        "k, true",
        "a1_b, true",
        "'', false",
        "1a, false",
        "_a, false",
        "Chat_, false",
        "a-b, false",
        "ä_, false",
        "'a b', false",
        "a;, false",
        "'a\n', false",
        "public., false"
    })
    void a_prefix_needs_no_quotes(String prefix, boolean accepted) {
        assertThat(TableNames.accepts(prefix)).isEqualTo(accepted);
    }
}
