package chat.klatsch.store.backup;

import chat.klatsch.core.Sha256;
import chat.klatsch.store.SchemaMigrations;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Reads a backup into an empty database. Confined to one thread. */
public final class Restore {
    private static final JsonFactory JSON = new JsonFactoryBuilder()
            .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
            .build();

    private final SealedInputStream sealed;
    private final ZipInputStream zip;
    private final Progress progress;
    private final Map<String, Checksum> checksums = new LinkedHashMap<>();
    private long read;

    private Restore(InputStream in, Progress progress) {
        this.sealed = new SealedInputStream(in);
        this.zip = new ZipInputStream(sealed, StandardCharsets.UTF_8);
        this.progress = progress;
    }

    /** Reads a stream to its end. @throws BackupException unless it is a whole backup, as it was written */
    public static void verify(InputStream in) throws IOException {
        new SealedInputStream(in).verify();
    }

    /**
     * Fills an empty database, and brings its schema up to date. After a failure it is as empty as before. Leaves the
     * stream open.
     *
     * @throws BackupException if the backup is damaged, incomplete or of a newer version
     * @throws IllegalStateException if the database is not empty
     */
    public static void read(InputStream in, Handle handle, Progress progress) {
        fill(
                in,
                progress,
                manifest -> content -> handle.useTransaction(
                        transaction -> SchemaMigrations.fill(transaction, manifest.schema(), content)));
    }

    /** Fills a database by calling the consumer that it gets. */
    interface Filling {
        Consumer<Consumer<Handle>> of(Manifest manifest);
    }

    static void fill(InputStream in, Progress progress, Filling filling) {
        new Restore(in, progress).fill(filling);
    }

    private void fill(Filling filling) {
        try {
            Manifest manifest = manifest();
            manifest.requireKnown();
            filling.of(manifest).accept(handle -> load(handle, manifest));
        } catch (JacksonException | ZipException | EOFException e) {
            throw BackupException.damaged(e);
        } catch (IOException e) {
            throw new BackupException("the backup cannot be read: " + e.getMessage(), e);
        }
    }

    private Manifest manifest() throws IOException {
        next(Manifest.NAME);
        return Manifest.read(zip, Manifest.class);
    }

    /** Goes on to the next entry. @throws BackupException if it has another name */
    private void next(String name) throws IOException {
        try {
            ZipEntry entry = zip.getNextEntry();
            if (entry == null || !entry.getName().equals(name)) {
                throw BackupException.damaged("it has no " + name + " where it should be");
            }
        } catch (IllegalArgumentException e) {
            throw BackupException.damaged(e);
        }
    }

    private void load(Handle handle, Manifest manifest) {
        try {
            for (Map.Entry<String, Long> table : manifest.rows().entrySet()) {
                load(handle, table.getKey(), manifest.total());
                Checksum checksum = checksums.get(Backup.entry(table.getKey()));
                if (checksum == null || checksum.rows() != table.getValue()) {
                    throw BackupException.damaged("rows of " + table.getKey() + " are missing");
                }
            }
            next(Checksum.NAME);
            if (!Manifest.read(zip, Checksums.class).equals(checksums)) {
                throw BackupException.damaged("its checksums are not those of its content");
            }
            sealed.verify();
        } catch (JacksonException | ZipException | EOFException e) {
            throw BackupException.damaged(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void load(Handle handle, String table, long total) throws IOException {
        next(Backup.entry(table));
        long before = read;
        MessageDigest digest = Sha256.digest();
        try (JsonParser json = JSON.createParser(new DigestInputStream(zip, digest))) {
            List<Column> columns = columns(json, Column.of(handle, table));
            TableLoad load = new TableLoad(handle, table, columns);
            while (json.nextToken() != null) {
                load.add(row(json, columns));
                progress.moved(++read, total);
            }
            load.finish();
        }
        checksums.put(Backup.entry(table), new Checksum(read - before, Sha256.hex(digest)));
    }

    /** Reads the first line of an entry. @throws BackupException unless it names the columns of the table */
    private static List<Column> columns(JsonParser json, List<Column> expected) throws IOException {
        List<Column> columns = new ArrayList<>();
        require(json.nextToken() == JsonToken.START_ARRAY);
        while (json.nextToken() == JsonToken.START_ARRAY) {
            require(json.nextToken() == JsonToken.VALUE_STRING);
            String name = json.getText();
            require(json.nextToken() == JsonToken.VALUE_STRING);
            String type = json.getText();
            require(json.nextToken() == JsonToken.END_ARRAY);
            columns.add(expected.stream()
                    .filter(column ->
                            column.name().equals(name) && column.type().label().equals(type))
                    .findFirst()
                    .orElseThrow(() -> BackupException.damaged("its schema has no column " + name)));
        }
        require(json.currentToken() == JsonToken.END_ARRAY
                && columns.size() == expected.size()
                && columns.stream().distinct().count() == columns.size());
        return columns;
    }

    private static List<@Nullable Object> row(JsonParser json, List<Column> columns) throws IOException {
        require(json.currentToken() == JsonToken.START_ARRAY);
        List<@Nullable Object> row = new ArrayList<>(columns.size());
        for (Column column : columns) {
            json.nextToken();
            row.add(column.type().value(json));
        }
        require(json.nextToken() == JsonToken.END_ARRAY);
        return row;
    }

    private static void require(boolean valid) {
        if (!valid) {
            throw BackupException.damaged("a line is not in the format");
        }
    }

    private static final class Checksums extends LinkedHashMap<String, Checksum> {
        private static final long serialVersionUID = 1L;
    }
}
