package chat.klatsch.core;

/** Maps the most common Cyrillic, Greek and Armenian look-alikes to Latin letters (a small subset of UTS #39). */
public final class Confusables {
    /** Each letter is confusable with the letter at the same index of {@link #LATIN}. */
    private static final String LOOKALIKES = "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0458\u0455\u0501\u04bb"
            + "\u051b\u051d\u0475\u04cf\u03b1\u03bf\u03c1\u03bd\u03b9\u03c5\u03ba\u03c7\u0131\u0251\u0261\u0578\u057d"
            + "\u0432\u043d\u043c\u0442\u043a\u03b2\u03b5\u03b6\u03b7\u03bc\u03c4";

    private static final String LATIN = "aeopcyxijsdhqwvlaopviukxiagnubhmtkbezhmt";

    private Confusables() {}

    /** Replaces the look-alikes in a lower-case text. */
    public static String toLatin(String folded) {
        StringBuilder latin = new StringBuilder(folded.length());
        folded.chars()
                .map(letter -> LOOKALIKES.indexOf(letter) < 0 ? letter : LATIN.charAt(LOOKALIKES.indexOf(letter)))
                .forEach(letter -> latin.append((char) letter));
        return latin.toString();
    }
}
