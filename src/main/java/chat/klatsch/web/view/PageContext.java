package chat.klatsch.web.view;

import chat.klatsch.core.User;
import gg.jte.Content;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The values that every page needs.
 *
 * @param viewer null if nobody is signed in
 * @param notice confirms the action that led to the page
 */
public record PageContext(Site site, String title, @Nullable User viewer, Optional<String> notice) {
    /** Returns a text in the reader's language. */
    public String text(String key) {
        return site.text(key);
    }

    /** Returns a text in the reader's language. @param arguments strings, numbers and further texts */
    public String text(String key, Object... arguments) {
        return site.text(key, arguments);
    }

    /** Returns a text with elements in it. @param arguments contents of a template, strings and numbers */
    public Content content(String key, Object... arguments) {
        return site.content(key, arguments);
    }

    /** Returns the viewer's username, which the page sends with each request, or an empty string. */
    public String viewerName() {
        return viewer == null ? "" : viewer.username();
    }
}
