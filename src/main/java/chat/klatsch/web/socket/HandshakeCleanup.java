package chat.klatsch.web.socket;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.Enumeration;

/**
 * Releases a WebSocket's upgrade request once it is answered. Javalin keeps the request while the socket is open, and with
 * it Jetty's HTTP connection, parser, servlet session and headers: 8 of the 16 KB of heap of an idle connection.
 */
public final class HandshakeCleanup extends HttpFilter {
    private static final long serialVersionUID = 1;

    private static final HttpServletRequest NO_REQUEST = absent(HttpServletRequest.class);
    private static final HttpServletResponse NO_RESPONSE = absent(HttpServletResponse.class);
    private static final HttpSession NO_SESSION = absent(HttpSession.class);

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request.getHeader("Sec-WebSocket-Version") == null) {
            chain.doFilter(request, response);
            return;
        }
        HttpServletRequestWrapper upgradeRequest = new UpgradeRequest(request);
        HttpServletResponseWrapper upgradeResponse = new HttpServletResponseWrapper(response);
        try {
            chain.doFilter(upgradeRequest, upgradeResponse);
        } finally {
            upgradeRequest.setRequest(NO_REQUEST);
            upgradeResponse.setResponse(NO_RESPONSE);
        }
    }

    private static final class UpgradeRequest extends HttpServletRequestWrapper {
        UpgradeRequest(HttpServletRequest request) {
            super(request);
        }

        /** Javalin would create a servlet session; the chat has its own sessions. */
        @Override
        public HttpSession getSession() {
            return NO_SESSION;
        }

        @Override
        public HttpSession getSession(boolean create) {
            return NO_SESSION;
        }
    }

    private static <T> T absent(Class<T> type) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, values) -> {
                    if (method.getReturnType() == Enumeration.class) {
                        return Collections.emptyEnumeration();
                    }
                    throw new IllegalStateException("The upgrade request has been released");
                }));
    }
}
