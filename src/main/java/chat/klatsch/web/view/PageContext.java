package chat.klatsch.web.view;

import chat.klatsch.core.User;
import org.jspecify.annotations.Nullable;

/** What every page needs: where it is, what it is called and who looks at it, null for somebody not signed in. */
public record PageContext(Site site, String title, @Nullable User viewer) {}
