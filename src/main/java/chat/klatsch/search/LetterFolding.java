package chat.klatsch.search;

import chat.klatsch.core.TextRules;
import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Folds a letter with its marks to what a search compares: the compatible form (NFKC) in lower case, without accents,
 * points and invisible characters. Letters that users and keyboards exchange become one.
 */
final class LetterFolding {
    /** Scripts whose marks are accents or points. The marks of other scripts are vowels, and stay. */
    private static final Set<UnicodeScript> POINTED = EnumSet.of(
            UnicodeScript.INHERITED,
            UnicodeScript.LATIN,
            UnicodeScript.GREEK,
            UnicodeScript.CYRILLIC,
            UnicodeScript.HEBREW,
            UnicodeScript.ARABIC,
            UnicodeScript.SYRIAC);

    /** The marks that make another letter of a kana. */
    private static final String VOICED_MARKS = "\u3099\u309a";

    /** The dots of borrowed sounds in Indian scripts, which many keyboards lack. */
    private static final String NUKTAS = "\u093c\u09bc\u0a3c\u0abc\u0b3c\u0cbc";

    private static final char BREVE = '\u0306';

    /** Stretches Arabic words. */
    private static final char TATWEEL = '\u0640';

    /** Marks of transliteration that Unicode classifies as letters. */
    private static final String MODIFIERS = "\u02b9\u02ba\u02be\u02bf";

    /** Symbols that would otherwise become letters of the word before them, or punctuation. */
    private static final String SYMBOLS = "\u2120\u2122\u203c\u2049";

    /** Letters that no normalisation splits, each followed by what it becomes. */
    private static final String[] LETTERS = {
        "øo łl đd ðd þth æae œoe ħh ŧt ŋn ĸk ɓb ɗd ɖd ɠg ƙk ƴy ɲn əe ǝe ɛe ɔo ƒf ɣg ʋv ɨi ʉu ɵo ƶz ⱥa ɇe ɉj ɍr ɏy",
        "\u0671\u0627 \u0672\u0627 \u0673\u0627 \u0649\u064a \u06cc\u064a \u06a9\u0643 \u06aa\u0643",
        "\u0629\u0647 \u06c1\u0647 \u06be\u0647 \u06d5\u0647 \u06c3\u0647 \u06ba\u0646"
    };

    private static final Map<Integer, String> EXCHANGED = exchanged();

    /** The folded letters of most alphabets, since folding one takes a microsecond. */
    private static final String[] ALPHABETS = IntStream.range(0, 0x2000)
            .mapToObj(Character::toString)
            .map(LetterFolding::compute)
            .toArray(String[]::new);

    private static final String VARIATION_SELECTORS = "\ufe0e\ufe0f";

    private static final char KEYCAP = '\u20e3';

    /** The private characters that stand for the keys of keycaps in a search. */
    private static final char KEYS = '\ue000';

    private LetterFolding() {}

    /** Folds a letter with its marks, and an emoji in the same way with and without its variation selector. */
    static String fold(String letter) {
        if (letter.length() == 1) {
            return foldOne(letter);
        }
        int last = letter.length() - 1;
        if (VARIATION_SELECTORS.indexOf(letter.charAt(last)) >= 0) {
            return fold(letter.substring(0, last));
        }
        return letter.charAt(last) == KEYCAP ? keycap(letter.charAt(0)) : compute(letter);
    }

    /** Returns the key as a letter, if it is one, and as a symbol. */
    private static String keycap(char key) {
        return key < 0x80 ? foldOne(Character.toString(key)) + (char) (KEYS + key) : Character.toString(key);
    }

    private static String foldOne(String letter) {
        char only = letter.charAt(0);
        if (only < ALPHABETS.length) {
            return ALPHABETS[only];
        }
        return isPlain(only) || SYMBOLS.indexOf(only) >= 0 ? letter : compute(letter);
    }

    private static String compute(String letter) {
        String bare = withoutMarks(Normalizer.normalize(letter, Normalizer.Form.NFKD));
        // Upper case has one form of the Greek sigma and of the Turkish i, and "SS" for "ß".
        String lower = bare.toLowerCase(Locale.ROOT).toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
        StringBuilder folded = new StringBuilder();
        lower.codePoints().forEach(character -> append(folded, character));
        return Normalizer.normalize(folded, Normalizer.Form.NFC);
    }

    /** Returns whether it is one of the many East Asian characters that are folded already. */
    private static boolean isPlain(char letter) {
        return (letter >= '\u4e00' && letter <= '\u9fff')
                || (letter >= '\uac00' && letter <= '\ud7a3')
                || (letter >= '\u3041' && letter <= '\u3096')
                || (letter >= '\u30a1' && letter <= '\u30fc');
    }

    private static String withoutMarks(String letter) {
        StringBuilder bare = new StringBuilder();
        letter.codePoints()
                .filter(character -> !isAccent(character) || isShortI(bare, character))
                .forEach(bare::appendCodePoint);
        return bare.toString();
    }

    private static boolean isAccent(int character) {
        int type = Character.getType(character);
        return (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK)
                && VOICED_MARKS.indexOf(character) < 0
                && (POINTED.contains(UnicodeScript.of(character)) || NUKTAS.indexOf(character) >= 0);
    }

    /** Returns whether the mark makes a Cyrillic short i, which is a letter of its own. */
    private static boolean isShortI(StringBuilder before, int mark) {
        return mark == BREVE && before.length() > 0 && "иИ".indexOf(before.charAt(before.length() - 1)) >= 0;
    }

    private static void append(StringBuilder folded, int character) {
        String exchanged = EXCHANGED.get(character);
        if (exchanged != null) {
            folded.append(exchanged);
        } else if (Character.getType(character) == Character.DECIMAL_DIGIT_NUMBER) {
            folded.append(Character.digit(character, 10));
        } else if (!isDropped(character)) {
            folded.appendCodePoint(character);
        }
    }

    private static boolean isDropped(int character) {
        return Character.getType(character) == Character.FORMAT
                || character == TATWEEL
                || MODIFIERS.indexOf(character) >= 0
                || isSkinTone(character)
                || (TextRules.isBlankLetter(character) && Character.isLetter(character));
    }

    static boolean isSkinTone(int character) {
        return character >= 0x1f3fb && character <= 0x1f3ff;
    }

    private static Map<Integer, String> exchanged() {
        Map<Integer, String> all = new HashMap<>();
        for (String line : LETTERS) {
            for (String letter : line.split(" ")) {
                all.put((int) letter.charAt(0), letter.substring(1));
            }
        }
        return Map.copyOf(all);
    }
}
