package chat.klatsch.web.view;

import chat.klatsch.core.User;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The values that every page needs.
 *
 * @param viewer null if nobody is signed in
 * @param notice confirms the action that led to the page
 */
public record PageContext(Site site, String title, @Nullable User viewer, Optional<String> notice) {
    /** Returns the viewer's username, which the page sends with each request, or an empty string. */
    public String viewerName() {
        return viewer == null ? "" : viewer.username();
    }
}
