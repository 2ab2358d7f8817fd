package chat.klatsch.web.http;

import chat.klatsch.web.view.Site;

/**
 * The content security policy: a page loads resources of its own origin only, and runs scripts in files and, if it has a
 * nonce, scripts with that nonce. Only pages that are made for a frame may be in one.
 */
public final class ContentPolicy {
    public static final String HEADER = "Content-Security-Policy";

    private ContentPolicy() {}

    /** Returns the policy of responses whose scripts have no nonce. */
    public static String withoutNonce(Site site) {
        return of("'self'", site);
    }

    /** Returns the policy of a page whose scripts have a nonce, which must be new for each response. */
    public static String withNonce(String nonce, Site site) {
        return of("'self' 'nonce-" + nonce + "'", site);
    }

    private static String of(String scripts, Site site) {
        return String.join(
                "; ",
                "default-src 'none'",
                "script-src " + scripts,
                "style-src 'self'",
                "img-src 'self'",
                "font-src 'self'",
                "connect-src 'self'",
                "manifest-src 'self'",
                "form-action 'self'",
                "frame-ancestors " + site.framePolicy(),
                "base-uri 'none'");
    }
}
