package chat.klatsch.store.backup;

import chat.klatsch.store.SchemaMigrations;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The first entry of a backup.
 *
 * @param format the version of the file's format
 * @param klatsch the version of the program
 * @param schema the number of migrations that had run
 * @param migration the name of the last of them
 * @param created the time of the snapshot
 * @param rows the number of rows of each table, in the order of the entries
 */
record Manifest(int format, String klatsch, int schema, String migration, String created, Map<String, Long> rows) {
    /** The version of the format that this program writes. It reads this one and all below. */
    static final int FORMAT = 1;

    static final String NAME = "manifest.json";

    /** The size that no manifest has. */
    private static final int MAX_BYTES = 1024 * 1024;

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    Manifest {
        rows = new LinkedHashMap<>(rows);
    }

    static ObjectWriter writer() {
        return MAPPER.writerWithDefaultPrettyPrinter();
    }

    /** Reads what {@link #writer} has written. */
    static <T> T read(InputStream in, Class<T> type) throws IOException {
        byte[] bytes = in.readNBytes(MAX_BYTES);
        ObjectReader reader = MAPPER.readerFor(type);
        T value = reader.readValue(bytes);
        if (value == null) {
            throw BackupException.damaged("an entry is empty");
        }
        return value;
    }

    /** @throws BackupException if this program does not know the format or the schema */
    void requireKnown() {
        List<String> migrations = SchemaMigrations.names();
        if (format > FORMAT || schema > migrations.size()) {
            throw new BackupException("the backup is of a newer version of Klatsch (" + klatsch + ", format " + format
                    + ", schema " + schema + "); this version knows format " + FORMAT + " and schema "
                    + migrations.size());
        }
        if (format < 1 || schema < 1 || rows.values().stream().anyMatch(count -> count == null || count < 0)) {
            throw BackupException.damaged("its manifest is not valid");
        }
        if (!migrations.get(schema - 1).equals(migration)) {
            throw new BackupException(
                    "the backup has the schema " + migration + ", which this version of Klatsch does not know");
        }
        if (!List.copyOf(rows.keySet()).equals(BackupTables.of(schema))) {
            throw BackupException.damaged("its manifest does not list the tables of its schema");
        }
    }

    long total() {
        return rows.values().stream().mapToLong(Long::longValue).sum();
    }
}
