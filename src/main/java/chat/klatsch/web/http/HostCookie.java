package chat.klatsch.web.http;

import chat.klatsch.web.view.Site;
import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.SameSite;
import java.util.Optional;

/**
 * A cookie that neither scripts nor other sites can read. Under https it is bound to this host and to https. Thread-safe.
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
        Cookie cookie = new Cookie(fullName(), value);
        cookie.setPath(secure || basePath.isEmpty() ? "/" : basePath);
        cookie.setMaxAge(seconds);
        cookie.setHttpOnly(true);
        cookie.setSecure(secure);
        cookie.setSameSite(SameSite.LAX);
        context.cookie(cookie);
    }

    private String fullName() {
        return secure ? "__Host-" + name : name;
    }
}
