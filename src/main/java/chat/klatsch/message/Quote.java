package chat.klatsch.message;

import chat.klatsch.core.User;

/**
 * What another message answers.
 *
 * @param excerpt the beginning of its text as it is now, empty when it is deleted
 */
public record Quote(long seq, User author, String excerpt) {
    /** As many characters of the text are quoted. */
    public static final int LENGTH = 160;

    public static Quote of(Message message) {
        String body = message.body();
        int end = body.offsetByCodePoints(0, Math.min(LENGTH, body.codePointCount(0, body.length())));
        return new Quote(message.seq(), message.author(), body.substring(0, end));
    }

    public boolean isDeleted() {
        return excerpt.isEmpty();
    }
}
