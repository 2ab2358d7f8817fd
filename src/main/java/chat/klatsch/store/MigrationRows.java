package chat.klatsch.store;

import chat.klatsch.core.Sha256;
import chat.klatsch.store.schema.TableNames;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;

/** The rows that record which migrations have run on a database. */
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
    private final TableNames names;

    MigrationRows(Handle handle, TableNames names) {
        this.handle = handle;
        this.names = names;
    }

    /** Creates the table if it does not exist, and returns what has run. */
    List<Row> open() {
        handle.execute("""
                create table if not exists migrations (
                    version int primary key,
                    name varchar(100) not null,
                    checksum char(64) not null
                )\
                """);
        return all();
    }

    /** Returns what an earlier version has run that recorded the number alone. */
    List<Row> unrecorded(List<Migration> migrations) {
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
     * Records what such a version has run. It then refuses to start, where it would otherwise write to tables that it does
     * not know.
     */
    void takeOver(List<Migration> ran) {
        for (int version = 1; version <= ran.size(); version++) {
            add(version, ran.get(version - 1));
        }
        handle.execute("drop table schema_version");
    }

    static IllegalStateException newer(int ran, int known) {
        return new IllegalStateException("a newer version of Klatsch has changed the database: " + ran
                + " migrations have run, and this version knows " + known
                + "; start the newer version, or restore a backup from before the upgrade");
    }

    /** Returns whether the schema has a table. */
    boolean exists(String table) {
        String name = names.of(table);
        return Queries.exists(
                handle,
                "select 1 from information_schema.tables where table_schema = current_schema and table_name in (?, ?)",
                name,
                name.toUpperCase(Locale.ROOT));
    }

    List<Row> all() {
        return handle.createQuery("select version, checksum from migrations order by version")
                .map((row, context) -> new Row(row.getInt("version"), row.getString("checksum")))
                .list();
    }

    void add(int version, Migration migration) {
        handle.execute(
                "insert into migrations (version, name, checksum) values (?, ?, ?)",
                version,
                migration.name(),
                migration.checksum());
    }
}
