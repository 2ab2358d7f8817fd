package chat.klatsch.search;

import java.util.Arrays;

/** The beginning of a text with folded letters, and the place in the text that each of them came from. */
final class FoldedText {
    /** The number of {@code char}s that are searched, which PostgreSQL's limit on the words of one text allows. */
    private static final int MAX_LENGTH = 20_000;

    /** The number of marks that are folded with their letter, since sorting many marks takes quadratic time. */
    private static final int MAX_MARKS = 32;

    private static final int FIRST_EXTENSION = 0x300;

    private final String source;
    private final StringBuilder letters;
    private final int end;
    private int[] starts;

    FoldedText(String text) {
        this.source = text.length() > MAX_LENGTH ? text.substring(0, MAX_LENGTH) : text;
        this.letters = new StringBuilder(source.length());
        this.starts = new int[source.length()];
        int at = 0;
        // Some letters are folded to many.
        while (at < source.length() && letters.length() < MAX_LENGTH) {
            int end = endOfLetter(at);
            append(at, end);
            at = end;
        }
        this.end = at;
    }

    private int endOfLetter(int start) {
        int end = start + Character.charCount(source.codePointAt(start));
        for (int marks = 0;
                marks < MAX_MARKS && end < source.length() && isExtension(source.codePointAt(end));
                marks++) {
            end += Character.charCount(source.codePointAt(end));
        }
        return end;
    }

    /** Returns whether the character belongs to the one before it, as marks, joiners and Korean vowels do. */
    private static boolean isExtension(int character) {
        if (character < FIRST_EXTENSION) {
            return false;
        }
        return switch (Character.getType(character)) {
            case Character.NON_SPACING_MARK,
                    Character.ENCLOSING_MARK,
                    Character.COMBINING_SPACING_MARK,
                    Character.FORMAT -> true;
            default ->
                (character >= 0x1160 && character <= 0x11ff)
                        || character == 0xff9e
                        || character == 0xff9f
                        || LetterFolding.isSkinTone(character);
        };
    }

    private void append(int start, int end) {
        int before = letters.length();
        char first = source.charAt(start);
        if (end == start + 1 && first < 128) {
            letters.append(Character.toLowerCase(first));
        } else {
            letters.append(LetterFolding.fold(source.substring(start, end)));
        }
        if (letters.length() > starts.length) {
            starts = Arrays.copyOf(starts, 2 * letters.length());
        }
        Arrays.fill(starts, before, letters.length(), start);
    }

    CharSequence letters() {
        return letters;
    }

    /** Returns where in the text the letter begins that the folded one at this index came from. */
    int start(int index) {
        return starts[index];
    }

    /** Returns where in the text the letter ends that the folded one at this index came from. */
    int end(int index) {
        int next = index;
        while (next < letters.length() && starts[next] == starts[index]) {
            next++;
        }
        return next == letters.length() ? end : starts[next];
    }
}
