package chat.klatsch.web;

import chat.klatsch.web.http.ContentPolicy;
import chat.klatsch.web.view.Site;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;

/**
 * Sets the headers of every response before any handler runs, errors included. The policy limits pages to resources of
 * their own origin and to scripts in files; a handler may allow scripts with a nonce. Responses are not cached
 * unless a handler says so, as a cached page would show an old room with a dead connection, perhaps to the next user of
 * the browser. Thread-safe.
 */
final class SecurityHeaders implements HttpConfiguration.Customizer {
    static final String FRAME_OPTIONS = "X-Frame-Options";

    private final Map<String, String> headers = new TreeMap<>(Map.of(
            FRAME_OPTIONS,
            "DENY",
            "Cache-Control",
            "no-store",
            "X-Content-Type-Options",
            "nosniff",
            "Referrer-Policy",
            "same-origin",
            "Cross-Origin-Opener-Policy",
            "same-origin",
            "Cross-Origin-Resource-Policy",
            "same-origin",
            "Permissions-Policy",
            "camera=(), geolocation=(), microphone=(), payment=()"));

    /** @param ownsHost whether the host serves nothing else, which a demand for https would concern, too */
    SecurityHeaders(Site site, boolean ownsHost) {
        headers.put(ContentPolicy.HEADER, ContentPolicy.withoutNonce(site));
        if (site.isSecure() && ownsHost) {
            headers.put("Strict-Transport-Security", "max-age=31536000");
        }
    }

    @Override
    public Request customize(Request request, HttpFields.Mutable response) {
        headers.forEach(response::put);
        return request;
    }

    /** Returns a whole response to a request that did not arrive in time. */
    ByteBuffer timeoutResponse() {
        StringBuilder response = new StringBuilder("HTTP/1.1 408 Request Timeout\r\n");
        headers.forEach((name, value) ->
                response.append(name).append(": ").append(value).append("\r\n"));
        response.append("Content-Type: text/plain; charset=utf-8\r\nContent-Length: 20\r\nConnection: close\r\n\r\n")
                .append("408 Request Timeout\n");
        return StandardCharsets.US_ASCII.encode(response.toString());
    }
}
