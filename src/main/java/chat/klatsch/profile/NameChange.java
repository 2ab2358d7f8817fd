package chat.klatsch.profile;

import chat.klatsch.core.User;

/**
 * A user who has another name than before.
 *
 * @param user the user with the current name
 * @param version the number of the change; a later one of any user is higher
 */
public record NameChange(User user, long version) {}
