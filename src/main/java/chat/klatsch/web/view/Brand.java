package chat.klatsch.web.view;

import java.util.Optional;

/**
 * What the pages show of the host in place of the chat's own.
 *
 * @param style the host's style sheet, which follows the chat's
 * @param homeUrl the address of the host's app, to which the pages lead back
 * @param homeText the text of the link there, or empty
 */
public record Brand(Optional<Logo> logo, Optional<String> style, Optional<String> homeUrl, String homeText) {
    /** The chat's own look, and no host. */
    public static final Brand NONE = new Brand(Optional.empty(), Optional.empty(), Optional.empty(), "");
}
