package chat.klatsch.message;

import chat.klatsch.core.ChatException;
import chat.klatsch.draft.DraftVersion;
import java.util.Optional;

/**
 * A new text for a message, in its normal form.
 *
 * @param form the key of the form that it was typed in, whose saved text it supersedes
 * @param shown the saved text that the form showed first
 */
public record Edit(String body, Optional<String> form, Optional<DraftVersion> shown) {
    /** @throws ChatException INVALID for a blank text */
    public Edit {
        body = Draft.text(body);
        form = form.filter(DraftVersion::isKey);
    }

    /** A text that is not from a form. */
    public Edit(String body) {
        this(body, Optional.empty(), Optional.empty());
    }

    /** Returns the length in code points. */
    int length() {
        return body.codePointCount(0, body.length());
    }
}
