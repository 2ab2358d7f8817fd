package chat.klatsch.profile;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.HourCycle;
import chat.klatsch.core.NormalText;
import java.time.ZoneId;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A valid change to a profile. Without a display name, the username is shown instead.
 *
 * @param language the tag of a language, or empty for the browser's, as for any text that is no tag
 */
public record ProfileEdit(Optional<DisplayName> name, String about, ZoneId zone, HourCycle hours, String language) {
    public static final int MAX_ABOUT_LENGTH = 500;

    private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z0-9-]{2,35}");

    /** @throws ChatException INVALID for a text that is too long */
    public ProfileEdit {
        about = NormalText.of(about).strip();
        if (about.length() > MAX_ABOUT_LENGTH) {
            throw ChatException.invalid("refusal.about.long", MAX_ABOUT_LENGTH);
        }
        language = language(language);
    }

    /** Parses form fields. @throws ChatException INVALID for a field that breaks a rule */
    public static ProfileEdit of(String name, String about, String zone, String hours, String language) {
        return new ProfileEdit(displayName(name), about, TimeZones.named(zone), HourCycle.named(hours), language);
    }

    /** Returns the tag of a language as it is stored, or an empty string for any other text. */
    public static String language(String tag) {
        return LANGUAGE.matcher(tag).matches() ? tag : "";
    }

    /** Parses a display name; blank means none. @throws ChatException INVALID for a name that breaks a rule */
    public static Optional<DisplayName> displayName(String name) {
        return NormalText.line(name).isEmpty() ? Optional.empty() : Optional.of(new DisplayName(name));
    }
}
