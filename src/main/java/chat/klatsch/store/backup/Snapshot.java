package chat.klatsch.store.backup;

import chat.klatsch.store.SqlDialect;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Reads a database as it is at one moment, while others write to it. */
final class Snapshot {
    /** The rows that PostgreSQL sends at a time. */
    private static final int ROWS = 1_000;

    /** Allows for counting the rows of a large table. */
    private static final Duration TIMEOUT = Duration.ofMinutes(30);

    interface Work {
        void run() throws IOException;
    }

    interface RowReader {
        void read(ResultSet row) throws SQLException, IOException;
    }

    private Snapshot() {}

    /** Runs the work in one transaction that sees what is committed at its start, and blocks no writer. */
    static void read(Handle handle, Work work) throws IOException {
        try {
            Connection connection = handle.getConnection();
            connection.setNetworkTimeout(Runnable::run, (int) TIMEOUT.toMillis());
            if (SqlDialect.of(connection) == SqlDialect.H2) {
                // H2 otherwise collects all rows of a query in memory or in a file of its own.
                handle.execute("set lazy_query_execution true");
                handle.execute("set session characteristics as transaction isolation level snapshot");
            } else {
                connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
                connection.setReadOnly(true);
            }
            handle.useTransaction(transaction -> {
                if (SqlDialect.of(connection) == SqlDialect.POSTGRESQL) {
                    handle.execute(
                            "set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0");
                }
                work.run();
            });
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    static void rows(Handle handle, String table, List<Column> columns, RowReader reader) throws IOException {
        String names = columns.stream().map(Column::name).collect(Collectors.joining(", "));
        try {
            handle.createQuery("select " + names + " from " + table)
                    .setFetchSize(ROWS)
                    .scanResultSet((rows, context) -> {
                        ResultSet all = rows.get();
                        while (all.next()) {
                            read(reader, all);
                        }
                        return true;
                    });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static void read(RowReader reader, ResultSet row) throws SQLException {
        try {
            reader.read(row);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
