package chat.klatsch.bench;

/**
 * What a text carries so that it is known when it comes back: {@code ^number.due^}, the latter on the clock of {@link
 * System#nanoTime()}. It is none of Markdown's signs, no escaping changes it, and the chat's own HTML has no such sign.
 */
final class MarkedMessage {
    static final byte BOUND = '^';
    static final byte BETWEEN = '.';

    private static final String WORDS = " The quick brown fox jumps over the lazy dog, and nobody minds.";

    private MarkedMessage() {}

    /** A frame's text that posts a marked message of about so many characters. */
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
