package chat.klatsch.core;

/** Letters that are taken for others: the commonest of Cyrillic, Greek and Armenian, and no more than those. */
public final class Confusables {
    /** Letters of other alphabets, and below each the letter from a to z that it looks like. */
    private static final String LOOKALIKES = "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0458\u0455\u0501\u04bb"
            + "\u051b\u051d\u0475\u04cf\u03b1\u03bf\u03c1\u03bd\u03b9\u03c5\u03ba\u03c7\u0131\u0251\u0261\u0578\u057d"
            + "\u0432\u043d\u043c\u0442\u043a\u03b2\u03b5\u03b6\u03b7\u03bc\u03c4";

    private static final String LOOKED_LIKE = "aeopcyxijsdhqwvlaopviukxiagnubhmtkbezhmt";

    private Confusables() {}

    /** A text in small letters, with the letters from a to z that it looks like. */
    public static String latin(String folded) {
        StringBuilder latin = new StringBuilder(folded.length());
        folded.chars()
                .map(letter -> LOOKALIKES.indexOf(letter) < 0 ? letter : LOOKED_LIKE.charAt(LOOKALIKES.indexOf(letter)))
                .forEach(letter -> latin.append((char) letter));
        return latin.toString();
    }
}
