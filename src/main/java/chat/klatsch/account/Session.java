package chat.klatsch.account;

import chat.klatsch.core.User;
import java.time.ZoneId;

/**
 * Somebody who is signed in.
 *
 * @param session the id of the sign-in: a hash of the token that only their browser has
 * @param zone in which time zone they read the clock
 */
public record Session(User user, String id, ZoneId zone) {}
