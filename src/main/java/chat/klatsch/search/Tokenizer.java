package chat.klatsch.search;

import chat.klatsch.core.TextRules;
import chat.klatsch.search.SearchToken.Kind;
import java.lang.Character.UnicodeScript;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Splits a folded text into words, runs of scripts without spaces, and symbols. Confined to one thread. */
final class Tokenizer {
    /** Scripts that do not separate words by spaces, or whose words take endings without a space. */
    private static final Set<UnicodeScript> UNSPACED = EnumSet.of(
            UnicodeScript.HAN,
            UnicodeScript.HIRAGANA,
            UnicodeScript.KATAKANA,
            UnicodeScript.BOPOMOFO,
            UnicodeScript.HANGUL,
            UnicodeScript.YI,
            UnicodeScript.THAI,
            UnicodeScript.LAO,
            UnicodeScript.KHMER,
            UnicodeScript.MYANMAR,
            UnicodeScript.TIBETAN,
            UnicodeScript.TAI_LE,
            UnicodeScript.NEW_TAI_LUE,
            UnicodeScript.TAI_THAM,
            UnicodeScript.JAVANESE,
            UnicodeScript.BALINESE);

    private static final int FIRST_UNSPACED = 0xe00;

    /** The Japanese long vowel, which Unicode assigns to no script. */
    private static final int LONG_VOWEL = 0x30fc;

    /** Emoji that Unicode classifies as punctuation. */
    private static final String EMOJI = "\u203c\u2049\u3030\u303d";

    /** Apostrophes that Unicode classifies as letters, and the slash of a fraction. */
    private static final String SEPARATORS = "\u02bb\u02bc\u2044";

    private final CharSequence text;
    private int at;

    private Tokenizer(CharSequence text) {
        this.text = text;
    }

    static List<SearchToken> tokens(FoldedText folded) {
        return new Tokenizer(folded.letters()).all();
    }

    private List<SearchToken> all() {
        List<SearchToken> tokens = new ArrayList<>();
        while (at < text.length()) {
            int start = at;
            Kind kind = kind(next());
            if (kind == null) {
                continue;
            }
            skipRest(kind);
            String token = text.subSequence(start, at).toString();
            if (kind == Kind.WORD && skipSuffix()) {
                tokens.add(new SearchToken(Kind.STEM, token, start));
                token = text.subSequence(start, at).toString();
            }
            tokens.add(new SearchToken(kind, token, start));
        }
        return tokens;
    }

    private int next() {
        int character = Character.codePointAt(text, at);
        at += Character.charCount(character);
        return character;
    }

    private void skipRest(Kind kind) {
        while (at < text.length()) {
            int start = at;
            int character = next();
            if (!isMark(character) && kind(character) != kind) {
                at = start;
                return;
            }
        }
    }

    /** Skips what distinguishes C++ and C# from C. In an address or a sum, the same characters separate words. */
    private boolean skipSuffix() {
        if (at == text.length() || (text.charAt(at) != '+' && text.charAt(at) != '#')) {
            return false;
        }
        boolean twice = at + 1 < text.length() && text.charAt(at) == '+' && text.charAt(at + 1) == '+';
        int end = at + (twice ? 2 : 1);
        if (!twice && end < text.length() && kind(Character.codePointAt(text, end)) != null) {
            return false;
        }
        at = end;
        return true;
    }

    private static boolean isMark(int character) {
        return switch (Character.getType(character)) {
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.COMBINING_SPACING_MARK -> true;
            default -> false;
        };
    }

    /** Returns null for a character that separates. */
    private static @Nullable Kind kind(int character) {
        if (character < 128) {
            return Character.isLetterOrDigit(character) ? Kind.WORD : null;
        }
        if (TextRules.isInvisible(character) || SEPARATORS.indexOf(character) >= 0) {
            return null;
        }
        if (EMOJI.indexOf(character) >= 0) {
            return Kind.SYMBOLS;
        }
        return switch (Character.getType(character)) {
            case Character.MATH_SYMBOL,
                    Character.CURRENCY_SYMBOL,
                    Character.MODIFIER_SYMBOL,
                    Character.OTHER_SYMBOL,
                    Character.PRIVATE_USE,
                    // Emoji that are newer than the JVM.
                    Character.UNASSIGNED -> Kind.SYMBOLS;
            case Character.CONTROL,
                    Character.SURROGATE,
                    Character.DASH_PUNCTUATION,
                    Character.START_PUNCTUATION,
                    Character.END_PUNCTUATION,
                    Character.CONNECTOR_PUNCTUATION,
                    Character.OTHER_PUNCTUATION,
                    Character.INITIAL_QUOTE_PUNCTUATION,
                    Character.FINAL_QUOTE_PUNCTUATION -> null;
            default -> isUnspaced(character) ? Kind.RUN : Kind.WORD;
        };
    }

    private static boolean isUnspaced(int character) {
        return character >= FIRST_UNSPACED
                && (character == LONG_VOWEL || UNSPACED.contains(UnicodeScript.of(character)));
    }
}
