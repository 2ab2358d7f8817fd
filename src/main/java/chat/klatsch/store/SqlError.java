package chat.klatsch.store;

import chat.klatsch.core.ChatException;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.h2.mvstore.MVStoreException;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Classifies an engine's error. The reason contains no values of the statement, so it may be logged. */
record SqlError(Kind kind, String reason) {
    enum Kind {
        /** A unique value already exists. */
        DUPLICATE,
        /** The database cannot be reached or does not accept writes. */
        UNREACHABLE,
        /** The pool had no free connection in time, or could not open one. */
        NO_CONNECTION,
        /** The database responds but did not finish in time. */
        TIMEOUT,
        /** The engine rejects the text: it contains U+0000 or is not valid Unicode. */
        INVALID_TEXT,
        /** Anything else. */
        OTHER
    }

    private static final Logger log = LoggerFactory.getLogger(SqlError.class);

    /** H2's codes for a closed or broken database. */
    private static final Set<String> CLOSED = Set.of("90007", "90028", "90031", "90067", "90098", "90121");

    private static final Map<String, String> TIMEOUTS = Map.of(
            "55P03", "a lock was not available in time",
            "HYT00", "a lock was not available in time",
            "57014", "a statement took too long",
            "25P03", "a transaction was idle for too long",
            "40001", "a transaction was aborted in favour of another",
            "40P01", "a transaction was aborted in favour of another");

    private static final Set<String> INVALID_TEXT = Set.of("22021", "22P05");

    /** The state of a demoted primary after a failover, until the address leads to the new one. */
    private static final String READ_ONLY = "25006";

    private static final Set<String> UNREACHABLE = Set.of("08001", "08006", "53300", "57P03");

    static SqlError of(Throwable e) {
        Optional<SQLException> cause = Stream.iterate(e, Objects::nonNull, Throwable::getCause)
                .filter(SQLException.class::isInstance)
                .map(SQLException.class::cast)
                .findFirst();
        String state = cause.map(SQLException::getSQLState).orElse("");
        String code = cause.filter(found -> found.getSQLState() != null)
                .map(found -> "SQLSTATE " + found.getSQLState() + ", error " + found.getErrorCode())
                .orElse("no connection");
        if (TIMEOUTS.containsKey(state)) {
            return new SqlError(Kind.TIMEOUT, TIMEOUTS.get(state) + " (" + code + ")");
        }
        if (INVALID_TEXT.contains(state)) {
            return new SqlError(Kind.INVALID_TEXT, code);
        }
        if (e instanceof ConnectionException && state.isEmpty()) {
            return new SqlError(Kind.NO_CONNECTION, code);
        }
        Optional<String> disk = diskFailure(e);
        if (disk.isPresent()) {
            return new SqlError(Kind.UNREACHABLE, disk.get());
        }
        Kind kind = isConnectionLost(e, state) ? Kind.UNREACHABLE : Kind.OTHER;
        return new SqlError("23505".equals(state) ? Kind.DUPLICATE : kind, code);
    }

    /** Returns whether a failed attempt to connect is worth repeating: the server is starting, full, or cut off. */
    static boolean isUnreachable(SQLException e) {
        String state = String.valueOf(e.getSQLState());
        return UNREACHABLE.contains(state) || CLOSED.contains(state);
    }

    /** Returns the exception that callers see, and logs a timeout. */
    RuntimeException toException(JdbiException e) {
        return switch (kind) {
            case DUPLICATE -> new DuplicateKeyException(reason);
            case UNREACHABLE, NO_CONNECTION -> ChatException.unavailable(e);
            case TIMEOUT -> {
                log.warn("The database timed out: {}", reason);
                yield ChatException.busy(e);
            }
            case INVALID_TEXT -> new ChatException(ChatException.Kind.MALFORMED, "refusal.characters");
            case OTHER -> withoutValues(e);
        };
    }

    /** Keeps the stack trace but not the message, which would put users' texts into the log. */
    private IllegalStateException withoutValues(JdbiException e) {
        IllegalStateException failure = new IllegalStateException("A statement failed: " + reason);
        failure.setStackTrace(e.getStackTrace());
        return failure;
    }

    /** Returns what the operating system says about H2's file if H2 could not write or read it, or has closed it after that. */
    private static Optional<String> diskFailure(Throwable e) {
        List<Throwable> causes =
                Stream.iterate(e, Objects::nonNull, Throwable::getCause).toList();
        return causes.stream().anyMatch(MVStoreException.class::isInstance)
                ? causes.stream()
                        .filter(IOException.class::isInstance)
                        .map(cause -> String.valueOf(cause.getMessage()))
                        .findFirst()
                : Optional.empty();
    }

    /** Matches a lost connection (08), exhausted resources (53), a shutdown (57) and a server that is now read-only. */
    private static boolean isConnectionLost(Throwable e, String state) {
        return e instanceof ConnectionException
                || Stream.of("08", "53", "57").anyMatch(state::startsWith)
                || READ_ONLY.equals(state)
                || CLOSED.contains(state);
    }
}
