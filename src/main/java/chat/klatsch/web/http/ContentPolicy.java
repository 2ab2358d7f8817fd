package chat.klatsch.web.http;

/**
 * The content security policy: a page loads resources of its own origin only, and runs scripts in files and, if it has a
 * nonce, scripts with that nonce.
 */
public final class ContentPolicy {
    public static final String HEADER = "Content-Security-Policy";

    private ContentPolicy() {}

    /** Returns the policy of responses whose scripts have no nonce. */
    public static String withoutNonce() {
        return of("'self'");
    }

    /** Returns the policy of a page whose scripts have a nonce, which must be new for each response. */
    public static String withNonce(String nonce) {
        return of("'self' 'nonce-" + nonce + "'");
    }

    private static String of(String scripts) {
        return String.join(
                "; ",
                "default-src 'none'",
                "script-src " + scripts,
                "style-src 'self'",
                "img-src 'self'",
                "connect-src 'self'",
                "manifest-src 'self'",
                "form-action 'self'",
                "frame-ancestors 'none'",
                "base-uri 'none'");
    }
}
