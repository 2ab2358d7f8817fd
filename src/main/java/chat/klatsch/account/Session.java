package chat.klatsch.account;

import chat.klatsch.core.User;
import java.time.Instant;
import java.time.ZoneId;

/**
 * The session of a signed-in user.
 *
 * @param id the SHA-256 of the token in the user's cookie
 * @param zone the time zone in which the user sees times
 * @param expires when it ends, unless it is ended before
 */
public record Session(User user, String id, ZoneId zone, Instant expires) {}
