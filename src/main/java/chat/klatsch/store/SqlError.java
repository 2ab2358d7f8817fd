package chat.klatsch.store;

import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jdbi.v3.core.ConnectionException;

/** What an engine's error means to the chat, and the reason in words that hold nothing of what people wrote. */
record SqlError(Kind kind, String reason) {
    enum Kind {
        /** A unique value is there already. */
        DUPLICATE,
        /** The database cannot be reached or does not serve. */
        AWAY,
        /** None of the pool's connections has become free in time, or none can be made. */
        NO_CONNECTION,
        /** The database is there, and this was not done in time. */
        TOO_SLOW,
        /** A text that the engine takes for none: U+0000, or what is no Unicode. */
        UNREADABLE,
        /** Nobody foresaw it. */
        OTHER
    }

    /** Closed or broken, in H2's own words. */
    private static final Set<String> CLOSED = Set.of("90007", "90028", "90031", "90067", "90098", "90121");

    private static final Set<String> NO_TEXT = Set.of("22021", "22P05");

    /** After a failover, until the address leads to the new primary. */
    private static final String READ_ONLY = "25006";

    private static final Set<String> UNREACHABLE = Set.of("08001", "08006", "53300", "57P03");

    static SqlError of(Throwable e) {
        Optional<SQLException> cause = sqlException(e);
        String state = cause.map(SQLException::getSQLState).orElse("");
        String code = cause.filter(found -> found.getSQLState() != null)
                .map(found -> "SQLSTATE %s, error %d".formatted(found.getSQLState(), found.getErrorCode()))
                .orElse("no connection");
        String slow = slow(state);
        if (!slow.isEmpty()) {
            return new SqlError(Kind.TOO_SLOW, slow + " (" + code + ")");
        }
        if (NO_TEXT.contains(state)) {
            return new SqlError(Kind.UNREADABLE, code);
        }
        if (e instanceof ConnectionException && state.isEmpty()) {
            return new SqlError(Kind.NO_CONNECTION, code);
        }
        return new SqlError("23505".equals(state) ? Kind.DUPLICATE : isAway(e, state) ? Kind.AWAY : Kind.OTHER, code);
    }

    /** Whether connecting failed in a way that passes when the server has started, has room, or its network is back. */
    static boolean isUnreachable(SQLException e) {
        return UNREACHABLE.contains(String.valueOf(e.getSQLState()));
    }

    private static Optional<SQLException> sqlException(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException found) {
                return Optional.of(found);
            }
        }
        return Optional.empty();
    }

    private static String slow(String state) {
        return switch (state) {
            case "55P03", "HYT00" -> "a lock was not to be had in time";
            case "57014" -> "a statement took too long";
            case "25P03" -> "a transaction stood still for too long";
            case "40001", "40P01" -> "a transaction was given up for another";
            default -> "";
        };
    }

    /** No connection to be had, lost (08), out of resources (53), shut down (57), or no longer the one to write to. */
    private static boolean isAway(Throwable e, String state) {
        return e instanceof ConnectionException
                || Stream.of("08", "53", "57").anyMatch(state::startsWith)
                || READ_ONLY.equals(state)
                || CLOSED.contains(state);
    }
}
