package chat.klatsch.store.backup;

import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * A column of a table in a backup.
 *
 * @param numbered whether the database numbers the rows by it
 */
record Column(String name, ColumnType type, boolean numbered) {
    /** What is derived from other columns. */
    private static final Set<String> DERIVED = Set.of("search_text", "words");

    /** Returns the columns that a table has in the database, without those that are derived from others. */
    static List<Column> of(Handle handle, String table) {
        return handle.createQuery("select * from " + table + " where 1 = 0").scanResultSet((rows, context) -> {
            ResultSetMetaData all = rows.get().getMetaData();
            List<Column> columns = new ArrayList<>();
            for (int index = 1; index <= all.getColumnCount(); index++) {
                add(all, index, columns);
            }
            return columns;
        });
    }

    /** Returns whether a table has a column in the database. */
    static boolean has(Handle handle, String table, String name) {
        return handle.createQuery("select * from " + table + " where 1 = 0").scanResultSet((rows, context) -> {
            ResultSetMetaData all = rows.get().getMetaData();
            for (int index = 1; index <= all.getColumnCount(); index++) {
                if (all.getColumnName(index).equalsIgnoreCase(name)) {
                    return true;
                }
            }
            return false;
        });
    }

    private static void add(ResultSetMetaData all, int index, List<Column> columns) throws SQLException {
        String name = all.getColumnName(index).toLowerCase(Locale.ROOT);
        boolean numbered = all.isAutoIncrement(index);
        if (!DERIVED.contains(name)) {
            ColumnType.of(all.getColumnType(index)).ifPresent(type -> columns.add(new Column(name, type, numbered)));
        }
    }
}
