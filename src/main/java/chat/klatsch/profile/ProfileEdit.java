package chat.klatsch.profile;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.HourCycle;
import chat.klatsch.core.NormalText;
import java.time.ZoneId;
import java.util.Optional;

/** A valid change to a profile. Without a display name, the username is shown instead. */
public record ProfileEdit(Optional<DisplayName> name, String about, ZoneId zone, HourCycle hours) {
    public static final int MAX_ABOUT_LENGTH = 500;

    /** @throws ChatException INVALID for a text that is too long */
    public ProfileEdit {
        about = NormalText.of(about).strip();
        if (about.length() > MAX_ABOUT_LENGTH) {
            throw ChatException.invalid("refusal.about.long", MAX_ABOUT_LENGTH);
        }
    }

    /** Parses form fields. @throws ChatException INVALID for a field that breaks a rule */
    public static ProfileEdit of(String name, String about, String zone, String hours) {
        return new ProfileEdit(displayName(name), about, TimeZones.named(zone), HourCycle.named(hours));
    }

    /** Parses a display name; blank means none. @throws ChatException INVALID for a name that breaks a rule */
    public static Optional<DisplayName> displayName(String name) {
        return NormalText.line(name).isEmpty() ? Optional.empty() : Optional.of(new DisplayName(name));
    }
}
