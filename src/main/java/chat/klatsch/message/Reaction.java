package chat.klatsch.message;

import java.util.List;

/**
 * Who has said the same to a message.
 *
 * @param count how many people
 * @param usernames theirs in the order in which they did, at most {@link #NAMED}
 */
public record Reaction(Emoji emoji, int count, List<String> usernames) {
    /** More than this many would make each reaction in a crowd expensive for everybody. */
    public static final int NAMED = 50;

    public Reaction {
        usernames = List.copyOf(usernames.subList(0, Math.min(NAMED, usernames.size())));
    }
}
