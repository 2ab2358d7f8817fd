package chat.klatsch.web.http;

import chat.klatsch.core.ChatException;
import chat.klatsch.web.view.Site;
import io.javalin.http.Context;
import java.net.URI;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Refuses requests that another site makes a browser send. Browsers name the origin of a request in
 * {@code Sec-Fetch-Site} and {@code Origin}. Clients that send neither header are identified by their cookie alone,
 * which is {@code SameSite=Lax}. Thread-safe.
 */
public final class CsrfGuard {
    private static final Set<String> OWN = Set.of("same-origin", "none");

    private final Site site;

    public CsrfGuard(Site site) {
        this.site = site;
    }

    /** @throws ChatException FORBIDDEN for a request from another site that may change something */
    public void refuseForeignForms(Context context) {
        if (!FormRequests.isSafe(context)) {
            refuseCrossSite(context);
        }
    }

    /** @throws ChatException FORBIDDEN for a request from another site */
    public void refuseCrossSite(Context context) {
        String fetchSite = context.header("Sec-Fetch-Site");
        String origin = context.header("Origin");
        if ((fetchSite != null && !OWN.contains(fetchSite)) || (origin != null && !isOwn(origin, context))) {
            throw new ChatException(
                    ChatException.Kind.FORBIDDEN, "This request came from another site. Nothing has been changed.");
        }
    }

    private boolean isOwn(String origin, Context context) {
        Optional<URI> from = parse(origin);
        if (from.isEmpty() || from.get().getHost() == null) {
            return false;
        }
        if (site.publicUrl().isPresent()) {
            URI own = site.publicUrl().get();
            return Objects.equals(own.getScheme(), from.get().getScheme())
                    && authority(own).equals(authority(from.get()));
        }
        // Without a public URL the scheme cannot be compared: a proxy may terminate TLS.
        String host = Objects.requireNonNullElse(context.header("Host"), "");
        return parse(from.get().getScheme() + "://" + host)
                .map(own -> authority(own).equals(authority(from.get())))
                .orElse(false);
    }

    private static Optional<URI> parse(String text) {
        try {
            return Optional.of(URI.create(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String authority(URI uri) {
        int standardPort = "https".equals(uri.getScheme()) ? 443 : 80;
        return (uri.getHost() + ":" + (uri.getPort() < 0 ? standardPort : uri.getPort())).toLowerCase(Locale.ROOT);
    }
}
