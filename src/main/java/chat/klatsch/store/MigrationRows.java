package chat.klatsch.store;

import chat.klatsch.core.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;

/**
 * The rows that record which migrations have run on a database. Earlier builds recorded the
 * number alone, in {@code schema_version}, a table that other programs have, too.
 */
final class MigrationRows {
    /** A script that changes the schema once. The checksum is the SHA-256 of its text. */
    record Migration(String name, String checksum, String sql) {
        static Migration read(String name) {
            try (InputStream sql =
                    Objects.requireNonNull(Migration.class.getResourceAsStream("schema/" + name), name)) {
                // Independent of the line ends of the checkout that was built.
                String text = new String(sql.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
                return new Migration(name, Sha256.hex(text.getBytes(StandardCharsets.UTF_8)), text);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    record Row(int version, String checksum) {}

    private final Handle handle;
    private boolean takesOver;

    MigrationRows(Handle handle) {
        this.handle = handle;
    }

    /** Creates the table if it does not exist, and returns what has run, by an earlier build, too. */
    List<Row> open(List<Migration> migrations) {
        handle.execute("""
                create table if not exists klatsch_migrations (
                    version int primary key,
                    name varchar(100) not null,
                    checksum char(64) not null
                )\
                """);
        List<Row> rows = all();
        takesOver = rows.isEmpty() && isOfEarlierBuild();
        if (!takesOver) {
            return rows;
        }
        int count = handle.select("select coalesce(max(version), 0) from schema_version")
                .mapTo(Integer.class)
                .one();
        if (count > migrations.size()) {
            throw newer(count, migrations.size());
        }
        return IntStream.rangeClosed(1, count)
                .mapToObj(
                        version -> new Row(version, migrations.get(version - 1).checksum()))
                .toList();
    }

    /**
     * Records what an earlier build has run, if one has. That build then refuses to start, where it would otherwise write to
     * tables that it does not know.
     */
    void takeOver(List<Migration> ran) {
        if (takesOver) {
            for (int version = 1; version <= ran.size(); version++) {
                add(version, ran.get(version - 1));
            }
            handle.execute("drop table schema_version");
        }
    }

    static IllegalStateException newer(int ran, int known) {
        return new IllegalStateException("a newer version of Klatsch has changed the database: " + ran
                + " migrations have run, and this version knows " + known
                + "; start the newer version, or restore a backup from before the upgrade");
    }

    private boolean isOfEarlierBuild() {
        return columns("schema_version").equals(Set.of("version"))
                && columns("messages").contains("fingerprint");
    }

    /** Returns the names of a table's columns in lower case, none if the schema has no such table. */
    Set<String> columns(String table) {
        return handle.createQuery("select lower(column_name) from information_schema.columns"
                        + " where lower(table_schema) = lower(current_schema) and lower(table_name) = :table")
                .bind("table", table)
                .mapTo(String.class)
                .set();
    }

    List<Row> all() {
        return handle.createQuery("select version, checksum from klatsch_migrations order by version")
                .map((row, context) -> new Row(row.getInt("version"), row.getString("checksum")))
                .list();
    }

    void add(int version, Migration migration) {
        handle.execute(
                "insert into klatsch_migrations (version, name, checksum) values (?, ?, ?)",
                version,
                migration.name(),
                migration.checksum());
    }
}
