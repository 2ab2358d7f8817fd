package chat.klatsch.host;

import chat.klatsch.core.HourCycle;
import chat.klatsch.core.NormalText;
import chat.klatsch.core.Sha256;
import chat.klatsch.core.TextRules;
import chat.klatsch.profile.DisplayName;
import chat.klatsch.profile.ProfileEdit;
import chat.klatsch.profile.TimeZones;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * One of the host's users as the host describes it, in a form that the chat accepts.
 *
 * @param id identifies the user at the host; another id is another user, whatever the name
 * @param username the username to use if it is free
 * @param name the display name; empty if the host leaves it to the user
 * @param zone the time zone; empty if the host leaves it to the user
 * @param hours the clock; empty if the host leaves it to the user
 * @param language the tag of the language; empty if the host leaves it to the user
 * @param avatar the avatar; empty if the host leaves it to the user
 */
public record HostAccount(
        String id,
        String username,
        Optional<DisplayName> name,
        boolean operator,
        Optional<ZoneId> zone,
        Optional<HourCycle> hours,
        Optional<String> language,
        Optional<HostAvatar> avatar) {
    private static final int MAX_ID_LENGTH = 200;

    /** @throws IllegalArgumentException for an id that is blank, too long or not printable */
    public HostAccount {
        if (!isId(id)) {
            throw new IllegalArgumentException(
                    "the id of a user consists of 1 to " + MAX_ID_LENGTH + " printable characters");
        }
        zone = zone.filter(TimeZones::isKnown);
        language = language.map(ProfileEdit::language);
    }

    /** Returns whether a text can be the id of a user. */
    public static boolean isId(String text) {
        return !text.isBlank()
                && text.length() <= MAX_ID_LENGTH
                && text.codePoints().noneMatch(TextRules::isMisleading);
    }

    /**
     * Makes a display name of any text: without what could hide or reorder other text, cut to the greatest length. Empty
     * if nothing visible is left.
     */
    public static Optional<DisplayName> displayName(String text) {
        String line = NormalText.line(text)
                .codePoints()
                .filter(letter -> !TextRules.isMisleading(letter) && !TextRules.isBlankLetter(letter))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        int end = Math.min(line.length(), DisplayName.MAX_LENGTH);
        if (end < line.length() && Character.isLowSurrogate(line.charAt(end))) {
            end--;
        }
        String name = line.substring(0, end).strip();
        return DisplayName.isValid(name) ? Optional.of(new DisplayName(name)) : Optional.empty();
    }

    /** Returns a text that differs whenever the host says something else about the user, apart from the avatar. */
    public String fingerprint() {
        String all = String.join(
                "\n",
                List.of(
                        username,
                        name.map(DisplayName::text).orElse(""),
                        Boolean.toString(operator),
                        zone.map(ZoneId::getId).orElse(""),
                        hours.map(HourCycle::code).orElse(""),
                        language.orElse("")));
        return Sha256.hex(all.getBytes(StandardCharsets.UTF_8));
    }
}
