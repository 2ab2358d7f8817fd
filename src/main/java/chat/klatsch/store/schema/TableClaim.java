package chat.klatsch.store.schema;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;

/**
 * The claim of a chat to the tables with its prefix, until it is closed. Several chats of this JVM may use one embedded database
 * with different prefixes, and share the lock of their commits. On PostgreSQL, chats with the same prefix are nodes of
 * one chat, which nothing prevents. Thread-safe.
 */
public final class TableClaim implements AutoCloseable {
    /** The chats on one embedded database. */
    private record Claims(Set<String> prefixes, ReentrantLock committing) {}

    /** By the names of the databases. Guarded by itself. */
    private static final Map<String, Claims> CLAIMS = new HashMap<>();

    private final String database;
    private final String prefix;
    private final ReentrantLock committing;

    private TableClaim(String database, String prefix, ReentrantLock committing) {
        this.database = database;
        this.prefix = prefix;
        this.committing = committing;
    }

    /** @throws IllegalStateException if a chat of this JVM has the tables; the message is one line for the operator */
    public static TableClaim of(Connection connection, String prefix) throws SQLException {
        String database = embedded(connection);
        if (database.isEmpty()) {
            return new TableClaim(database, prefix, new ReentrantLock());
        }
        synchronized (CLAIMS) {
            // Fair, so that a reader does not wait for later commits.
            Claims claims =
                    CLAIMS.computeIfAbsent(database, name -> new Claims(new HashSet<>(), new ReentrantLock(true)));
            if (!claims.prefixes.add(prefix)) {
                throw new IllegalStateException("another chat in this JVM uses the tables " + prefix
                        + "… of the database; give each chat a table prefix or a database of its own");
            }
            return new TableClaim(database, prefix, claims.committing);
        }
    }

    /** Returns the name of a database in this JVM, and nothing for another. */
    private static String embedded(Connection connection) throws SQLException {
        return connection.isWrapperFor(JdbcConnection.class)
                        && connection.unwrap(JdbcConnection.class).getSession() instanceof SessionLocal session
                ? (session.getDatabase().isPersistent() ? "file " : "memory ")
                        + session.getDatabase().getName()
                : "";
    }

    /** Held while a transaction commits and while migrations run, of whichever chat on the database. */
    public ReentrantLock committing() {
        return committing;
    }

    /** Gives the claim up. Idempotent. */
    @Override
    public void close() {
        synchronized (CLAIMS) {
            Claims claims = CLAIMS.get(database);
            if (claims != null && claims.committing == committing) {
                claims.prefixes.remove(prefix);
                if (claims.prefixes.isEmpty()) {
                    CLAIMS.remove(database);
                }
            }
        }
    }
}
