package chat.klatsch.admin;

import chat.klatsch.core.User;
import java.time.Instant;
import java.util.Optional;

/**
 * A user, as shown to operators.
 *
 * @param verified whether the user's email address is verified
 * @param bannedAt the time of the ban; empty for a user who is not banned
 */
public record AdminUser(User user, Instant joined, boolean verified, boolean operator, Optional<Instant> bannedAt) {}
