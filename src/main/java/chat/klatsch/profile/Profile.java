package chat.klatsch.profile;

import chat.klatsch.core.HourCycle;
import chat.klatsch.core.User;
import java.time.Instant;
import java.time.ZoneId;

/**
 * A user's public profile and time zone.
 *
 * @param about the user's text about themselves, blank if there is none
 * @param zone the time zone in which the user sees times; shown to nobody else
 * @param hours whether the user sees 12 or 24 hours; shown to nobody else
 * @param language the tag of the language that the user has chosen, or empty for the browser's; shown to nobody else
 * @param since the time of sign-up
 * @param hasAvatar whether the user has uploaded an avatar
 */
public record Profile(
        User user, String about, ZoneId zone, HourCycle hours, String language, Instant since, boolean hasAvatar) {
    /** The display name, or an empty string for a user who has not chosen one. */
    public String chosenName() {
        return user.displayName().equals(user.username()) ? "" : user.displayName();
    }
}
