package chat.klatsch;

import chat.klatsch.core.User;
import chat.klatsch.core.UserId;
import java.util.Map;

/**
 * A person or a bot, as others see them.
 *
 * @param id identifies a person in every method that takes one: where the users are those of the application around the
 *     chat, the id that it gave them; in a chat with accounts of its own, the username. Empty for a deleted account, and for
 *     an account from before the users were the application's. For a bot, the id of {@link Messages.Author#bot}
 * @param username the short name after the {@code @}; empty for a deleted account and for a bot, which have none
 * @param name the name that others see
 */
public record Person(String id, String username, String name, boolean bot) {
    /** @param ids of the people whom the application knows */
    static Person of(User user, Map<UserId, String> ids) {
        String id =
                user.isBot() ? user.username().substring(User.BOT_PREFIX.length()) : ids.getOrDefault(user.id(), "");
        return new Person(id, user.hasProfile() ? user.username() : "", user.displayName(), user.isBot());
    }
}
