package chat.klatsch.web.http;

import chat.klatsch.web.view.Site;
import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.SameSite;
import java.util.Optional;

/**
 * A cookie that neither scripts nor other sites can read. Under https it is bound to this host and to https. One that is set in a
 * frame on a page of another site is bound to frames on that site. Thread-safe.
 *
 * @param name the name without the prefix that it has under https
 */
public record HostCookie(String name, boolean secure, String basePath) {
    public HostCookie(String name, Site site) {
        this(name, site.isSecure(), site.basePath());
    }

    public Optional<String> value(Context context) {
        return Optional.ofNullable(context.cookie(fullName()));
    }

    /** @param seconds the cookie's lifetime; 0 deletes it */
    public void set(Context context, String value, int seconds) {
        if (secure && isOnOtherSite(context)) {
            // Javalin does not know the last attribute.
            context.res()
                    .addHeader(
                            "Set-Cookie",
                            fullName() + "=" + value + "; Path=/; Max-Age=" + seconds
                                    + "; Secure; HttpOnly; SameSite=None; Partitioned");
            return;
        }
        Cookie cookie = new Cookie(fullName(), value);
        cookie.setPath(secure || basePath.isEmpty() ? "/" : basePath);
        cookie.setMaxAge(seconds);
        cookie.setHttpOnly(true);
        cookie.setSecure(secure);
        cookie.setSameSite(SameSite.LAX);
        context.cookie(cookie);
    }

    /**
     * Returns whether a page of another site asks for a frame, in which cookies of the chat's other pages do not count. What the
     * frame itself asks for afterwards does not tell.
     */
    public static boolean isOnOtherSite(Context context) {
        return context.attribute(Site.EMBEDDED) != null
                && "cross-site".equals(context.header("Sec-Fetch-Site"))
                && !"document".equals(context.header("Sec-Fetch-Dest"));
    }

    private String fullName() {
        return secure ? "__Host-" + name : name;
    }
}
