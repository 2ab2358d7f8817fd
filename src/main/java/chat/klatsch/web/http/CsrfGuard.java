package chat.klatsch.web.http;

import chat.klatsch.core.ChatException;
import chat.klatsch.web.view.EmbeddedPaths;
import chat.klatsch.web.view.SignInLink;
import chat.klatsch.web.view.Site;
import io.javalin.http.Context;
import java.net.URI;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Refuses requests that another site makes a browser send. Browsers name the origin of a request in
 * {@code Sec-Fetch-Site} and {@code Origin}, older ones at least the page in {@code Referer}. Clients that send none of these
 * are identified by their cookie alone, which is {@code SameSite=Lax}. Thread-safe.
 */
public final class CsrfGuard {
    private static final Pattern PAGE = Pattern.compile("([^/?#]+//[^/?#]+)([/?#].*)?");

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
        boolean named = fetchSite != null || origin != null;
        if ((fetchSite != null && !OWN.contains(fetchSite))
                || (origin != null && !isOwn(origin, context))
                || (!named && isFromForeignPage(context))) {
            throw new ChatException(ChatException.Kind.FORBIDDEN, "refusal.cross.site");
        }
    }

    private boolean isFromForeignPage(Context context) {
        String page = referer(context);
        boolean namesSite = page.contains("//");
        return namesSite && ownPath(page, context).isEmpty();
    }

    /** Returns the path in the chat of the page that sends a request, or the front page for one of another site. */
    String referrer(Context context) {
        String root = site.path("/");
        return ownPath(referer(context), context)
                .filter(path -> path.startsWith(root))
                .map(path -> SignInLink.ownPath(EmbeddedPaths.whole(path.substring(root.length() - 1))))
                .orElse("/");
    }

    private static String referer(Context context) {
        return Objects.requireNonNullElse(context.header("Referer"), "").strip();
    }

    /** Returns what follows the host in the address of one of this host's pages. */
    private Optional<String> ownPath(String page, Context context) {
        Matcher parts = PAGE.matcher(page);
        return parts.matches() && isOwn(parts.group(1), context)
                ? Optional.of(Objects.requireNonNullElse(parts.group(2), ""))
                : Optional.empty();
    }

    private boolean isOwn(String origin, Context context) {
        Optional<Origin> from = Origin.of(origin);
        return from.isPresent() && from.equals(own(from.get().scheme(), context));
    }

    /** Takes the scheme from the request if there is no public URL, as a proxy may terminate TLS. */
    private Optional<Origin> own(String scheme, Context context) {
        String host = Objects.requireNonNullElse(context.header("Host"), "");
        return Origin.of(site.publicUrl().map(URI::toString).orElse(scheme + "://" + host));
    }
}
