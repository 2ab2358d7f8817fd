package chat.klatsch.web.view;

import java.util.regex.Pattern;

/**
 * The pages that a page of a host can show in a frame: one room, what belongs to its messages, joining it, and the way to sign
 * in. Each has the address that it has without a frame, below {@code /embed}. Links there lead to such pages, or out of the frame.
 */
public final class EmbeddedPaths {
    private static final String PREFIX = "/embed";

    private static final Pattern PAGES = Pattern.compile(
            "(/rooms/[A-Za-z0-9_-]+(/(live|connection|names|days|messages|composer|draft|edit|read|join)(/[^?#]*)?)?"
                    + "|/signin)([?#].*)?",
            Pattern.DOTALL);

    private EmbeddedPaths() {}

    /** Returns the path of a page in a frame. Pages that no frame shows keep their path. */
    static String embedded(String path) {
        return PAGES.matcher(path).matches() ? PREFIX + path : path;
    }

    /** Returns whether a path is the one of a page in a frame. */
    public static boolean contains(String path) {
        return path.startsWith(PREFIX) && PAGES.matcher(whole(path)).matches();
    }

    /** Returns the path that a page has without a frame. */
    public static String whole(String path) {
        return path.startsWith(PREFIX + "/") ? path.substring(PREFIX.length()) : path;
    }
}
