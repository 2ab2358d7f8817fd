package chat.klatsch.message;

import java.util.List;

/**
 * An emoji and the users who reacted to a message with it.
 *
 * @param count the number of users
 * @param usernames the first of them by time, at most {@link #MAX_NAMES}
 */
public record Reaction(Emoji emoji, int count, List<String> usernames) {
    /** The most usernames in one reaction. More would make each reaction in a crowded room expensive. */
    static final int MAX_NAMES = 50;

    public Reaction {
        usernames = List.copyOf(usernames.subList(0, Math.min(MAX_NAMES, usernames.size())));
    }
}
