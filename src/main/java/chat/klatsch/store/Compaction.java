package chat.klatsch.store;

import java.sql.Connection;
import java.sql.SQLException;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the embedded database's file from growing with everything that was ever written. H2 puts the pages that a commit
 * has changed in a new place together, some 40 KB for one message, and takes a place back once all of them have been put
 * elsewhere. The few that nobody changes any more keep theirs, nine tenths of it waste, until somebody moves them: a
 * thread that H2 only has when it acknowledges commits before it has written them. Without one, a message takes 14 KB.
 */
final class Compaction {
    private static final Logger log = LoggerFactory.getLogger(Compaction.class);

    /** Nothing is moved while so much of the places in use is, in percent. */
    private static final int ENOUGH = 50;

    /** So much is moved at once, for which a transaction mostly takes half a millisecond more. */
    private static final int BYTES = 128 * 1024;

    private Compaction() {}

    /** Moves a little of what is worth it. Does nothing for a database in memory or in another process. */
    static void some(Connection connection) {
        try {
            if (connection.unwrap(JdbcConnection.class).getSession() instanceof SessionLocal session) {
                session.getDatabase().getStore().getMvStore().compact(ENOUGH, BYTES);
            }
        } catch (SQLException | RuntimeException e) {
            // What was written is safe, and nobody who wrote it needs to hear of this.
            if (e.getCause() instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            } else {
                log.warn("The database's file could not be compacted: {}", e.getMessage());
            }
        }
    }
}
