package chat.klatsch.web.view;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A link from a page whose session has ended to the sign-in form, which leads back to the page and can take the page's
 * unsent text along.
 *
 * @param next the path in the chat to go to after signing in
 */
public record SignInLink(Site site, String next) {
    private static final Pattern SIGN_IN = Pattern.compile("[^?#]*" + HostLogin.PATH + "(?![^?#])");
    private static final Pattern ROOM = Pattern.compile("/rooms/[A-Za-z0-9_-]+");

    /** A link that leads to another one would give its token to the host. */
    public SignInLink {
        next = SIGN_IN.matcher(next).lookingAt() ? "/" : next;
    }

    /** Returns the link for a request from the page of a room. @param path the request's path in the chat */
    public static SignInLink from(Site site, String path) {
        Matcher room = ROOM.matcher(path);
        return new SignInLink(site, room.lookingAt() ? room.group() : "/");
    }

    /** Returns a path of this site, or the front page for anything that leads elsewhere. */
    public static String ownPath(String next) {
        boolean own = next.startsWith("/")
                && !next.startsWith("//")
                && next.chars().allMatch(character -> character > ' ' && character < 127 && character != '\\');
        return own ? next : "/";
    }

    /** Returns the address of the sign-in form, or of the host's page for it. */
    public String address() {
        return site.hostLogin()
                .filter(host -> !host.url().isEmpty())
                .map(host -> host.address(site.whole().path(next)))
                .orElseGet(() -> site.whole().path(site.signInPath() + "?next=" + encoded(next)));
    }

    /** Returns whether the page itself can show the sign-in form, or the way to it. A frame never asks for a password. */
    public boolean isInPlace() {
        return !site.isEmbedded() || site.isHosted();
    }

    /** Returns the address of the page that led here. */
    public String back() {
        return site.path(next);
    }

    /** Returns the address that shows the sign-in form, or the way to it, with the text that is posted to it. */
    public String addressWithText() {
        return site.path((site.isHosted() ? HostLogin.PATH : "/login/text") + "?next=" + encoded(next));
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
