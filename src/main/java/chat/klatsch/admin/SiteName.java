package chat.klatsch.admin;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.NormalText;
import chat.klatsch.core.TextRules;

/** The name that the chat has on its pages and in its emails: one line of 1 to 40 characters. */
public record SiteName(String value) {
    public static final int MAX_LENGTH = 40;

    /** The name of a chat that nobody has named. */
    public static final SiteName DEFAULT = new SiteName("Klatsch");

    /** @throws ChatException INVALID for a name that breaks a rule */
    public SiteName {
        value = NormalText.line(value);
        if (value.codePoints().allMatch(TextRules::isInvisible)) {
            throw ChatException.invalid("refusal.site.blank");
        }
        if (value.codePointCount(0, value.length()) > MAX_LENGTH) {
            throw ChatException.invalid("refusal.site.long", MAX_LENGTH);
        }
        if (value.codePoints()
                .anyMatch(codePoint -> TextRules.isMisleading(codePoint) && !TextRules.isJoiner(codePoint))) {
            throw ChatException.invalid("refusal.name.unprintable");
        }
    }
}
