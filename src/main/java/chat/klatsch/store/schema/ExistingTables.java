package chat.klatsch.store.schema;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/**
 * The tables that a chat finds in the default schema of its database, by which it knows what its own are called. Earlier
 * versions had no prefix but that of {@code klatsch_migrations}, and the earliest recorded the number of migrations alone, in
 * {@code schema_version}, a table that other programs have, too. Immutable.
 */
public final class ExistingTables {
    private static final Set<String> MIGRATION_COLUMNS = Set.of("version", "name", "checksum");

    private final Map<String, Set<String>> columns;
    private final TableNames prefixed;

    private ExistingTables(Map<String, Set<String>> columns, TableNames prefixed) {
        this.columns = columns;
        this.prefixed = prefixed;
    }

    /** @param prefix that of the chat's tables if the database has none of an earlier version */
    public static ExistingTables read(Handle handle, String prefix) {
        TableNames prefixed = TableNames.with(prefix);
        String names = Stream.of(prefixed.all(), TableNames.ofEarlierVersions().all(), List.of("schema_version"))
                .flatMap(List::stream)
                .flatMap(name -> Stream.of(name, name.toUpperCase(Locale.ROOT)))
                .collect(Collectors.joining("', '", "'", "'"));
        Map<String, Set<String>> columns = new HashMap<>();
        // In SQL, H2 would change the case as the JVM's locale has it. Names of ours need no quotes within theirs.
        handle.createQuery("select table_name, column_name from information_schema.columns"
                        + " where table_schema = current_schema and table_name in (" + names + ")")
                .map((row, context) -> Map.entry(lower(row.getString(1)), lower(row.getString(2))))
                .forEach(column -> columns.computeIfAbsent(column.getKey(), name -> new HashSet<>())
                        .add(column.getValue()));
        return new ExistingTables(columns, prefixed);
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /**
     * Returns the names of the chat's tables, which exist as a whole or not at all.
     *
     * @throws IllegalStateException if another program has a table of that name; the message is one line for the operator
     */
    public TableNames names() {
        if (isOfEarlierVersion()) {
            return TableNames.ofEarlierVersions();
        }
        String migrations = prefixed.of("migrations");
        if (columns.containsKey(migrations) && !columns.get(migrations).equals(MIGRATION_COLUMNS)) {
            throw foreign(migrations);
        }
        if (!columns.containsKey(migrations)) {
            prefixed.all().stream().filter(columns::containsKey).findFirst().ifPresent(table -> {
                throw foreign(table);
            });
        }
        return prefixed;
    }

    /**
     * Returns whether the earliest versions may have made the tables, which did not record the migrations by name. They have if
     * no migration is recorded.
     */
    public boolean mayBeUnrecorded() {
        return isOfEarlierVersion() && isCounted();
    }

    private boolean isCounted() {
        return Set.of("version").equals(columns.get("schema_version"));
    }

    private boolean isOfEarlierVersion() {
        TableNames earlier = TableNames.ofEarlierVersions();
        boolean isRecorded = columns.containsKey(earlier.of("migrations")) || isCounted();
        return prefixed.of("migrations").equals(earlier.of("migrations"))
                && isRecorded
                && !columns.containsKey(prefixed.of("messages"))
                && columns.getOrDefault("messages", Set.of()).contains("fingerprint");
    }

    private static IllegalStateException foreign(String table) {
        return new IllegalStateException("the database has a table \"" + table
                + "\" that is not Klatsch's; give Klatsch another table prefix, or a database or a schema of its own");
    }
}
