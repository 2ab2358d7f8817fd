package chat.klatsch.store.backup;

import chat.klatsch.core.Sha256;
import chat.klatsch.core.Version;
import chat.klatsch.store.SchemaMigrations;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jdbi.v3.core.Handle;

/** Writes the content of a database, as it is at one moment, to a stream. Confined to one thread. */
public final class Backup {
    private static final int BUFFER = 64 * 1024;

    private static final JsonFactory JSON = new JsonFactoryBuilder()
            .disable(StreamWriteFeature.AUTO_CLOSE_CONTENT)
            .build();

    private final Handle handle;
    private final ZipOutputStream zip;
    private final Progress progress;
    private final Map<String, Checksum> checksums = new LinkedHashMap<>();
    private long written;
    private long total;

    private Backup(Handle handle, ZipOutputStream zip, Progress progress) {
        this.handle = handle;
        this.zip = zip;
        this.progress = progress;
    }

    /**
     * Writes a backup, and leaves the stream open. After an exception the file has no end.
     *
     * @param handle a connection for this alone, on which nothing has run
     * @throws IOException if the stream cannot be written
     * @throws IllegalStateException if the database is not Klatsch's or of a newer version
     */
    public static void write(Handle handle, OutputStream out, Progress progress) throws IOException {
        Snapshot.read(handle, () -> {
            int schema = SchemaMigrations.ran(handle);
            OutputStream sealed = new BufferedOutputStream(new SealingOutputStream(out), BUFFER);
            // Closing writes the directory and the seal, so only a complete file is closed.
            ZipOutputStream zip = new ZipOutputStream(sealed, StandardCharsets.UTF_8);
            zip.setComment(Seal.BLANK);
            new Backup(handle, zip, progress).write(schema);
            zip.close();
        });
    }

    private void write(int schema) throws IOException {
        List<String> tables = BackupTables.of(schema);
        Map<String, Long> rows = new LinkedHashMap<>();
        for (String table : tables) {
            rows.put(
                    table,
                    handle.select("select count(*) from " + table)
                            .mapTo(Long.class)
                            .one());
        }
        Manifest manifest = new Manifest(
                Manifest.FORMAT,
                Version.current(),
                schema,
                SchemaMigrations.names().get(schema - 1),
                Clock.systemUTC().instant().toString(),
                rows);
        total = manifest.total();
        write(Manifest.NAME, Manifest.writer().writeValueAsBytes(manifest));
        for (String table : tables) {
            writeTable(table);
        }
        write(Checksum.NAME, Manifest.writer().writeValueAsBytes(checksums));
        progress.moved(written, total);
    }

    private void write(String name, byte[] content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content);
        zip.closeEntry();
    }

    private void writeTable(String table) throws IOException {
        long before = written;
        List<Column> columns = Column.of(handle, table);
        MessageDigest digest = Sha256.digest();
        zip.putNextEntry(new ZipEntry(entry(table)));
        try (JsonGenerator json = JSON.createGenerator(new DigestOutputStream(new Unclosed(zip), digest))) {
            json.setPrettyPrinter(new MinimalPrettyPrinter("\n"));
            json.writeStartArray();
            for (Column column : columns) {
                json.writeArray(new String[] {column.name(), column.type().label()}, 0, 2);
            }
            json.writeEndArray();
            Snapshot.rows(handle, table, columns, row -> writeRow(row, columns, json));
        }
        zip.closeEntry();
        checksums.put(entry(table), new Checksum(written - before, Sha256.hex(digest)));
    }

    private void writeRow(ResultSet row, List<Column> columns, JsonGenerator json) throws SQLException, IOException {
        json.writeStartArray();
        int index = 1;
        for (Column column : columns) {
            column.type().writeValue(row, index++, json);
        }
        json.writeEndArray();
        written++;
        progress.moved(written, total);
    }

    static String entry(String table) {
        return table + ".jsonl";
    }

    private static final class Unclosed extends FilterOutputStream {
        Unclosed(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() {}
    }
}
