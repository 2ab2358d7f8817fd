package chat.klatsch.account;

import chat.klatsch.core.HourCycle;
import chat.klatsch.core.ReaderStyle;
import chat.klatsch.core.User;
import chat.klatsch.text.Texts;
import java.time.Instant;
import java.time.ZoneId;

/**
 * The session of a signed-in user.
 *
 * @param id the SHA-256 of the token in the user's cookie
 * @param zone the time zone in which the user sees times
 * @param language the tag of the language that the user has chosen, or empty for the browser's
 * @param expires when it ends, unless it is ended before
 */
public record Session(User user, String id, ZoneId zone, HourCycle hours, String language, Instant expires) {
    /** Returns how the user reads. @param accepted the value of the browser's Accept-Language header, or empty */
    public ReaderStyle readerStyle(String accepted, Texts texts) {
        return new ReaderStyle(zone, hours.isTwelve(accepted), texts);
    }
}
