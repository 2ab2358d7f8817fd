package chat.klatsch.web;

import chat.klatsch.web.view.Site;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;

/**
 * Headers that every response carries, put there before any of our code runs: pages, files, errors and refusals alike.
 * The policy lets a page load what comes from this very origin and run no script but files; nothing inline, no eval.
 * Nothing is kept in a cache unless the code that answers says so: a page that came back from one would show an old
 * room with a dead connection, perhaps to the next person at this screen.
 */
final class SecurityHeaders implements HttpConfiguration.Customizer {
    private static final String POLICY = String.join(
            "; ",
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self'",
            "connect-src 'self'",
            "form-action 'self'",
            "frame-ancestors 'none'",
            "base-uri 'none'");

    private final Map<String, String> headers = new TreeMap<>(Map.of(
            "Content-Security-Policy", POLICY,
            "Cache-Control", "no-store",
            "X-Content-Type-Options", "nosniff",
            "Referrer-Policy", "same-origin",
            "Cross-Origin-Opener-Policy", "same-origin",
            "Cross-Origin-Resource-Policy", "same-origin",
            "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()"));

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
