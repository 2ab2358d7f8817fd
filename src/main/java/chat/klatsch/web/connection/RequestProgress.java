package chat.klatsch.web.connection;

import java.time.Duration;
import java.util.function.IntSupplier;
import org.eclipse.jetty.http.HttpStatus;

/** The progress of a connection's current request. Thread-safe. */
final class RequestProgress {
    enum Phase {
        /** No byte has arrived on a new connection. */
        SILENT,
        HEAD,
        /** The body is read before a handler runs. */
        BODY,
        /** A body that may take longer is read. */
        UPLOAD,
        HANDLED,
        /** A response is complete, and the client may send another request. */
        IDLE,
        ENDED
    }

    private Phase phase = Phase.SILENT;
    private IntSupplier status = () -> 0;
    private boolean refused;
    private long since;
    private long received;
    private boolean answered;
    private long sent;
    private boolean stalled;
    private long stalledSince;
    private long sentBefore;

    RequestProgress(long now) {
        this.since = now;
    }

    synchronized void received(int bytes, long now) {
        if (phase == Phase.SILENT || phase == Phase.IDLE) {
            phase = Phase.HEAD;
            since = now;
        }
        received += bytes;
    }

    synchronized void sent(long bytes) {
        sent += bytes;
        answered |= bytes > 0;
    }

    /** Follows the response to the current request by its status, which is 0 before it is known. */
    synchronized void respond(IntSupplier statusOfResponse) {
        status = statusOfResponse;
    }

    /** Begins a phase, unless the connection has been ended. The body's time runs from the first byte of the head. */
    synchronized void enter(Phase next, long now) {
        if (phase != Phase.ENDED) {
            if (next == Phase.UPLOAD || next == Phase.IDLE) {
                since = now;
            }
            if (next == Phase.IDLE) {
                refused = status.getAsInt() >= HttpStatus.BAD_REQUEST_400;
                status = () -> 0;
            }
            received = 0;
            answered = false;
            phase = next;
        }
    }

    /** Ends the connection's requests. Returns whether the client can be told that it has been too slow. */
    synchronized boolean end() {
        boolean unanswered = !answered && (phase == Phase.HEAD || phase == Phase.BODY || phase == Phase.UPLOAD);
        phase = Phase.ENDED;
        return unanswered;
    }

    /** Returns whether the connection waits for its client, or a refusal for the time at which it is sent. */
    synchronized boolean isWaiting(boolean writing) {
        return switch (phase) {
            case HANDLED -> writing || isRetryLater();
            case ENDED -> writing;
            case SILENT, HEAD, BODY, UPLOAD, IDLE -> true;
        };
    }

    /** Returns whether the last request whose answer is known has been refused. */
    synchronized boolean isRefused() {
        return refused || isRetryLater();
    }

    private boolean isRetryLater() {
        int current = status.getAsInt();
        return current == HttpStatus.TOO_MANY_REQUESTS_429 || current == HttpStatus.SERVICE_UNAVAILABLE_503;
    }

    synchronized long since() {
        return stalled ? stalledSince : since;
    }

    synchronized boolean isLate(RequestDeadlines deadlines, boolean writing, long now) {
        if (writing != stalled) {
            stalled = writing;
            stalledSince = now;
            sentBefore = sent;
        }
        if (writing && isTooSlow(deadlines, now - stalledSince, sent - sentBefore)) {
            return true;
        }
        Duration waited = Duration.ofNanos(now - since);
        return switch (phase) {
            case SILENT -> waited.compareTo(deadlines.silence()) > 0;
            case HEAD -> waited.compareTo(deadlines.head()) > 0;
            case BODY -> waited.compareTo(deadlines.body()) > 0;
            case UPLOAD -> waited.compareTo(deadlines.upload()) > 0 || isTooSlow(deadlines, now - since, received);
            case HANDLED, IDLE, ENDED -> false;
        };
    }

    private static boolean isTooSlow(RequestDeadlines deadlines, long nanos, long bytes) {
        Duration rated = Duration.ofNanos(nanos).minus(deadlines.body());
        return !rated.isNegative() && bytes * 1_000 < deadlines.bytesPerSecond() * rated.toMillis();
    }
}
