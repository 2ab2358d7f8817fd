package chat.klatsch.profile;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.TextRules;
import java.text.Normalizer;
import java.time.ZoneId;
import java.util.Optional;

/** How somebody introduces themself, found acceptable. Without a display name they go by their username. */
public record ProfileEdit(Optional<DisplayName> name, String about, ZoneId zone) {
    public static final int LONGEST_ABOUT = 500;

    /** @throws ChatException INVALID for an about that is too long or has characters that cannot be shown */
    public ProfileEdit {
        about = Normalizer.normalize(about.replace("\r\n", "\n"), Normalizer.Form.NFC)
                .strip();
        if (about.length() > LONGEST_ABOUT) {
            throw invalid("What you say about yourself has at most " + LONGEST_ABOUT + " characters.");
        }
        if (about.codePoints().anyMatch(TextRules::isUnprintable)) {
            throw invalid("What you say about yourself has characters that cannot be shown.");
        }
    }

    /** From what was typed. @throws ChatException INVALID with what is wrong */
    public static ProfileEdit of(String name, String about, String zone) {
        return new ProfileEdit(displayName(name), about, TimeZones.named(zone));
    }

    /** The display name, where what was typed is not blank. @throws ChatException INVALID with what is wrong */
    public static Optional<DisplayName> displayName(String typed) {
        return typed.isBlank() ? Optional.empty() : Optional.of(new DisplayName(typed));
    }

    private static ChatException invalid(String reason) {
        return new ChatException(ChatException.Kind.INVALID, reason);
    }
}
