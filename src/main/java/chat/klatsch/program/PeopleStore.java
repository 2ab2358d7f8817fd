package chat.klatsch.program;

import chat.klatsch.core.User;
import chat.klatsch.core.UserId;
import chat.klatsch.profile.DisplayName;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Stores bots, and finds users for programs. Thread-safe; every method may throw a ChatException UNAVAILABLE. */
public interface PeopleStore {
    /** A bot, and whether others see another name than before. */
    record SavedBot(User user, boolean renamed) {}

    /** Creates or renames the bot with this username, which is no member of any room. */
    SavedBot saveBot(String username, DisplayName name, Instant now);

    /** Returns those of the users who exist. */
    List<User> users(Collection<UserId> ids);

    /** Returns the ids by which the application around the chat knows the users. Users whom it does not know are left out. */
    Map<UserId, String> hostIds(Collection<UserId> users);
}
