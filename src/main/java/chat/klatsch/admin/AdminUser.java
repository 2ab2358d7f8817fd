package chat.klatsch.admin;

import chat.klatsch.core.User;
import java.time.Instant;
import java.util.Optional;

/**
 * Somebody with an account, as operators see them.
 *
 * @param verified whether they have shown that their e-mail address is theirs
 * @param bannedAt since when they are banned
 */
public record AdminUser(User user, Instant joined, boolean verified, boolean operator, Optional<Instant> bannedAt) {}
