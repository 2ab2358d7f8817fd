package chat.klatsch.profile;

import chat.klatsch.core.User;
import java.time.Instant;
import java.time.ZoneId;

/**
 * What a person has told of themself.
 *
 * @param about blank where they have said nothing
 * @param zone whose time their clocks show; for them alone
 * @param since when they signed up
 * @param pictured whether they have given a picture
 */
public record Profile(User user, String about, ZoneId zone, Instant since, boolean pictured) {
    /** The display name, empty for one who goes by their username. */
    public String chosenName() {
        return user.displayName().equals(user.username()) ? "" : user.displayName();
    }
}
