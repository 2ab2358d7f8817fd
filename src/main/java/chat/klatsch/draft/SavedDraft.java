package chat.klatsch.draft;

import chat.klatsch.core.NormalText;
import chat.klatsch.core.TextRules;
import java.util.OptionalLong;

/**
 * The text in a composer, in the {@linkplain NormalText form} of all texts and otherwise as it was typed.
 *
 * @param body empty if nothing of it is visible
 * @param replyTo the sequence number of the message that it replies to
 */
public record SavedDraft(String body, OptionalLong replyTo, DraftVersion version) {
    public SavedDraft {
        String text = NormalText.of(body);
        body = text.codePoints().allMatch(TextRules::isInvisible) ? "" : text;
        replyTo = body.isEmpty() ? OptionalLong.empty() : replyTo;
    }

    public boolean isEmpty() {
        return body.isEmpty();
    }

    /** Returns the length in code points. */
    int length() {
        return body.codePointCount(0, body.length());
    }
}
