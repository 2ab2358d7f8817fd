package chat.klatsch.account;

import chat.klatsch.core.User;
import java.util.Optional;

/**
 * A user and their email address.
 *
 * @param verified whether the user has followed a link that was sent to the address
 * @param language the tag of the language that the user has chosen, or empty
 */
public record Contact(User user, Optional<EmailAddress> email, boolean verified, String language) {}
