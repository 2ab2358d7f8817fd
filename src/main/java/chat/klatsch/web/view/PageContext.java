package chat.klatsch.web.view;

import chat.klatsch.core.User;
import org.jspecify.annotations.Nullable;

/** The values that every page needs. The viewer is null if nobody is signed in. */
public record PageContext(Site site, String title, @Nullable User viewer) {
    /** Returns the viewer's username, which the page sends with each request, or an empty string. */
    public String viewerName() {
        return viewer == null ? "" : viewer.username();
    }
}
