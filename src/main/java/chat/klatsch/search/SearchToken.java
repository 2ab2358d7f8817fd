package chat.klatsch.search;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A folded piece of a text that a search can find.
 *
 * @param start its index in the {@link FoldedText}
 */
public record SearchToken(Kind kind, String text, int start) {
    public enum Kind {
        /** A word that spaces or punctuation separate, with a suffix such as the one of C++. */
        WORD,

        /** A word with a suffix, without it. */
        STEM,

        /** Characters of a script that does not separate words, or whose words take endings. They are found by a part. */
        RUN,

        /** Symbols such as emoji, found by a part. */
        SYMBOLS
    }

    /** The code points of a word that are indexed, which PostgreSQL's limit of 2046 bytes allows. */
    private static final int MAX_INDEXED = 255;

    /** Returns whether it is found by a part. */
    public boolean isRun() {
        return kind == Kind.RUN || kind == Kind.SYMBOLS;
    }

    /** Returns whether it stands among the words of a text, in their order. */
    boolean isInOrder() {
        return kind == Kind.WORD || kind == Kind.RUN;
    }

    /** Returns whether the index alone tells which texts contain the token. */
    boolean isIndexedWhole() {
        return text.codePointCount(0, text.length()) <= (isRun() ? 2 : MAX_INDEXED);
    }

    /** Returns the words by which an index finds the token: of a run, each character and each pair of characters. */
    Set<String> indexed() {
        Set<String> words = sought();
        if (isRun()) {
            text.codePoints().mapToObj(Character::toString).forEach(words::add);
        }
        return words;
    }

    /** Returns the words that an index must have all of for the token to be found. */
    public Set<String> sought() {
        int[] characters = text.codePoints().toArray();
        Set<String> words = new LinkedHashSet<>();
        if (isRun() && characters.length > 1) {
            IntStream.range(0, characters.length - 1)
                    .mapToObj(at -> new String(characters, at, 2))
                    .forEach(words::add);
        } else {
            words.add(new String(characters, 0, Math.min(characters.length, MAX_INDEXED)));
        }
        return words;
    }
}
