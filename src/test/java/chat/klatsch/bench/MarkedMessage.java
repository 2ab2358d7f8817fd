package chat.klatsch.bench;

/**
 * Marks a text so that it is recognised on arrival: {@code ^number.due^}, with the due time of {@link
 * System#nanoTime()}. The caret is no Markdown syntax, is not escaped, and does not occur in the chat's own HTML.
 */
final class MarkedMessage {
    static final byte BOUND = '^';
    static final byte BETWEEN = '.';

    private static final String WORDS = " The quick brown fox jumps over the lazy dog, and nobody minds.";

    private MarkedMessage() {}

    /** Returns a frame that posts a marked message of about this length. */
    static String post(int number, long due, int characters) {
        String mark = "%c%d%c%d%c".formatted(BOUND, number, BETWEEN, due, BOUND);
        String words = WORDS.repeat(characters / WORDS.length() + 1);
        return "{\"body\":\"%s\",\"key\":\"%d.%d\"}"
                .formatted(
                        mark
                                + words.substring(0, Math.max(1, characters - mark.length()))
                                        .stripTrailing(),
                        number,
                        due);
    }
}
