package chat.klatsch;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/**
 * Tells which user of the application around the chat sends a request. The chat asks for each request, and for each open
 * WebSocket every 30 seconds. It asks on threads of its own, with a request that has the headers, cookies, attributes and
 * the session of the one that was sent; nothing else of it can be read. Where there is no session, {@code getSession()} returns
 * an empty one that is not kept. Whoever it does
 * not name within two seconds, or without an exception, gets a page that says so (status 503).
 */
@FunctionalInterface
public interface HostUsers {
    /** Returns the user who sends a request, or nothing for somebody who must not enter. */
    Optional<HostUser> of(HttpServletRequest request) throws Exception;
}
