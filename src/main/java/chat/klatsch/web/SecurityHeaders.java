package chat.klatsch.web;

import chat.klatsch.web.http.ContentPolicy;
import chat.klatsch.web.view.Site;
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
    private final Map<String, String> headers = new TreeMap<>(Map.of(
            ContentPolicy.HEADER,
            ContentPolicy.withoutNonce(),
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

    SecurityHeaders(Site site) {
        if (site.isSecure()) {
            headers.put("Strict-Transport-Security", "max-age=31536000");
        }
    }

    @Override
    public Request customize(Request request, HttpFields.Mutable response) {
        headers.forEach(response::put);
        return request;
    }
}
