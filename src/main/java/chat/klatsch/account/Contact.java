package chat.klatsch.account;

import chat.klatsch.core.User;
import java.util.Optional;

/**
 * A person and where letters reach them.
 *
 * @param verified whether they have shown that the address is theirs
 */
public record Contact(User user, Optional<EmailAddress> email, boolean verified) {}
