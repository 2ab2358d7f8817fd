package chat.klatsch.store.backup;

import static java.util.stream.Collectors.joining;

import chat.klatsch.search.SearchText;
import chat.klatsch.store.SqlDialect;
import chat.klatsch.store.message.SearchColumns;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/**
 * Inserts rows into one table, and computes what a backup leaves out. A transaction of the caller includes them all; otherwise each
 * batch has one of its own. Confined to one thread.
 */
final class TableLoad {
    private static final int BATCH = 1_000;

    /** The bytes and characters after which a batch is sent, as a row may have an avatar. */
    private static final int BATCH_SIZE = 4_000_000;

    private final Handle handle;
    private final String table;
    private final List<Column> columns;
    private final Optional<SearchColumns> search;
    private final int body;
    private final PreparedBatch batch;
    private long size;
    private int rows;
    private long lastNumber;

    TableLoad(Handle handle, String table, List<Column> columns) {
        this.handle = handle;
        this.table = table;
        this.columns = columns;
        this.body = columns.stream().map(Column::name).toList().indexOf("body");
        this.search = search(handle, table);
        this.batch = handle.prepareBatch("insert into " + table + " ("
                + columns.stream().map(Column::name).collect(joining(", "))
                + search.map(derived -> ", " + derived.names()).orElse("")
                + ") values ("
                + columns.stream().map(column -> ":" + column.name()).collect(joining(", "))
                + search.map(derived -> ", " + derived.values()).orElse("")
                + ")");
    }

    /** Returns what the table has besides, if it is the one of messages in a schema that has it. */
    private static Optional<SearchColumns> search(Handle handle, String table) {
        return Column.has(handle, table, "search_text")
                ? Optional.of(new SearchColumns(SqlDialect.of(handle.getConnection())))
                : Optional.empty();
    }

    void add(List<@Nullable Object> row) {
        for (int index = 0; index < columns.size(); index++) {
            Column column = columns.get(index);
            Object value = row.get(index);
            batch.bindBySqlType(column.name(), value, column.type().sqlType());
            size += value instanceof String text ? text.length() : value instanceof byte[] bytes ? bytes.length : 0;
            if (column.numbered() && value instanceof Long number) {
                lastNumber = Math.max(lastNumber, number);
            }
        }
        search.ifPresent(derived -> derived.bind(batch, SearchText.of(String.valueOf(row.get(body)))));
        batch.add();
        if (++rows == BATCH || size > BATCH_SIZE) {
            send();
        }
    }

    private void send() {
        if (rows > 0) {
            handle.useTransaction(transaction -> batch.execute());
            rows = 0;
            size = 0;
        }
    }

    /** Inserts what is left, and has the database number new rows after those that there are. */
    void finish() {
        send();
        batch.close();
        columns.stream()
                .filter(column -> column.numbered() && lastNumber > 0)
                .forEach(column -> handle.execute("alter table " + table + " alter column " + column.name()
                        + " restart with " + (lastNumber + 1)));
    }
}
