package chat.klatsch.message;

import chat.klatsch.core.User;

/**
 * The message that another one replies to.
 *
 * @param excerpt the beginning of its current text; empty if it is deleted
 */
public record Quote(long seq, User author, String excerpt) {
    /** The length of the longest excerpt in code points. */
    public static final int MAX_LENGTH = 160;

    public static Quote of(Message message) {
        String body = message.body();
        int end = body.offsetByCodePoints(0, Math.min(MAX_LENGTH, body.codePointCount(0, body.length())));
        return new Quote(message.seq(), message.author(), body.substring(0, end));
    }

    public boolean isDeleted() {
        return excerpt.isEmpty();
    }
}
