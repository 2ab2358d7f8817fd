package chat.klatsch.web;

import chat.klatsch.web.http.ChatRequest;
import chat.klatsch.web.http.Sessions;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.websocket.WsCloseContext;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.server.Response;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs a line for each request: the client's address, the user, method, path, status, bytes of the body and milliseconds;
 * and one for each WebSocket that closes, with its code and its seconds. Queries, which hold tokens and texts, are left
 * out, and so is what may be a token in a path. Thread-safe.
 */
final class AccessLog implements RequestLog {
    /** The segments before a name or an id that may be long and gives no access by itself. */
    private static final Set<String> BEFORE_NAMES = Set.of("rooms", "users", "direct", "static");

    private static final String INVITATIONS = "invitations";
    private static final String HIDDEN = "…";

    /** A token has more characters. */
    private static final int MAX_SEGMENT = 16;

    private static final int MAX_PATH = 400;

    private static final Logger log = LoggerFactory.getLogger("chat.klatsch.access");

    /** What is known of a WebSocket before it opens. */
    private record Opening(String address, String path, long nanoTime) {}

    /** Logs the WebSockets of an app; the server logs its requests. */
    void add(JavalinConfig config) {
        config.routes.wsBeforeUpgrade(AccessLog::onOpening);
        config.requestLogger.ws(sockets -> sockets.onClose(AccessLog::onClose));
    }

    private static void onOpening(Context context) {
        context.attribute(
                Opening.class.getName(), new Opening(context.ip(), context.req().getRequestURI(), System.nanoTime()));
    }

    private static void onClose(WsCloseContext context) {
        Opening opening = context.attribute(Opening.class.getName());
        if (opening != null) {
            log.info(
                    "{} {} CLOSE {} {} {} s",
                    opening.address(),
                    user(context.attribute(Sessions.ATTRIBUTE)),
                    path(opening.path()),
                    context.status(),
                    TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - opening.nanoTime()));
        }
    }

    @Override
    public void log(Request request, Response response) {
        log.info(
                "{} {} {} {} {} {} B {} ms",
                Request.getRemoteAddr(request),
                user(request.getAttribute(Sessions.ATTRIBUTE)),
                request.getAttribute(ChatRequest.HEAD) == null ? printable(request.getMethod()) : "HEAD",
                path(request.getHttpURI().getPath()),
                response.getStatus(),
                Response.getContentBytesWritten(response),
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - request.getBeginNanoTime()));
    }

    private static String user(@Nullable Object session) {
        return Sessions.user(session).map(user -> user.username()).orElse("-");
    }

    /** Returns a path in which each segment that may be a token is replaced. */
    private static String path(@Nullable String path) {
        if (path == null || path.isEmpty()) {
            return "-";
        }
        String[] segments = path.split("/", -1);
        for (int i = segments.length - 1; i > 0; i--) {
            String segment = segments[i].replaceFirst(";.*", "");
            segments[i] = isSecret(segments[i - 1], segment) ? HIDDEN : segment;
        }
        return printable(Arrays.stream(segments).collect(Collectors.joining("/")));
    }

    private static boolean isSecret(String before, String segment) {
        return before.equalsIgnoreCase(INVITATIONS) && !segment.isEmpty()
                || segment.length() > MAX_SEGMENT && !BEFORE_NAMES.contains(before) && !segment.startsWith("@");
    }

    /** Returns what cannot be taken for more than one word of one line. */
    private static String printable(String text) {
        String line = text.replaceAll("[^!-~" + HIDDEN + "]", "?");
        return line.length() > MAX_PATH ? line.substring(0, MAX_PATH) + HIDDEN : line;
    }
}
