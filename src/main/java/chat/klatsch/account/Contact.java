package chat.klatsch.account;

import chat.klatsch.core.User;
import java.util.Optional;

/**
 * A user and their email address.
 *
 * @param verified whether the user has followed a link that was sent to the address
 */
public record Contact(User user, Optional<EmailAddress> email, boolean verified) {}
