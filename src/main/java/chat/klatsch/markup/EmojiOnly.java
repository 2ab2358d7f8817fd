package chat.klatsch.markup;

import java.util.BitSet;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Recognizes messages that consist of a few emoji. */
public final class EmojiOnly {
    /** Characters with emoji presentation by default (Unicode TR 51). */
    private static final String EMOJI = """
            \\x{1F300}-\\x{1F64F}\\x{1F680}-\\x{1F6FF}\\x{1F7E0}-\\x{1F7EB}\\x{1F7F0}\\x{1F90C}-\\x{1F9FF}\\x{1FA70}-\\x{1FAFF}\
            \\x{1F004}\\x{1F0CF}\\x{1F18E}\\x{1F191}-\\x{1F19A}\\x{1F201}\\x{1F21A}\\x{1F22F}\\x{1F232}-\\x{1F23A}\\x{1F250}\\x{1F251}\
            \\u231A\\u231B\\u23E9-\\u23EC\\u23F0\\u23F3\\u25FD\\u25FE\\u2614\\u2615\\u2648-\\u2653\\u267F\\u2693\\u26A1\\u26AA\
            \\u26AB\\u26BD\\u26BE\\u26C4\\u26C5\\u26CE\\u26D4\\u26EA\\u26F2\\u26F3\\u26F5\\u26FA\\u26FD\\u2705\\u270A\\u270B\\u2728\
            \\u274C\\u274E\\u2753-\\u2755\\u2757\\u2795-\\u2797\\u27B0\\u27BF\\u2B1B\\u2B1C\\u2B50\\u2B55""";

    /** Characters that become emoji with a variation selector. */
    private static final String SYMBOL =
            "\\u00A9\\u00AE\\u203C\\u2049\\u2122\\u2139\\u2194-\\u2BFF\\u3030\\u303D\\u3297\\u3299\\x{1F170}-\\x{1F17F}\\x{1F202}\\x{1F237}";

    private static final String SINGLE = "(?:[" + EMOJI + "]\\uFE0F?+|[" + SYMBOL
            + "]\\uFE0F|[\\u261D\\u26F9\\u270C\\u270D](?=[\\x{1F3FB}-\\x{1F3FF}]))"
            + "[\\x{1F3FB}-\\x{1F3FF}]?+[\\x{E0020}-\\x{E007F}]*+";
    private static final String FLAG = "[\\x{1F1E6}-\\x{1F1FF}]{2}";
    private static final String KEYCAP = "[0-9#*]\\uFE0F?+\\u20E3";
    private static final Pattern PATTERN = Pattern.compile(
            "(?:\\s*+(?:" + SINGLE + "(?:\\u200D" + SINGLE + "){0,9}|" + FLAG + "|" + KEYCAP + ")){1,8}\\s*+");
    private static final int MAX_LENGTH = 200;

    private static final BitSet CHARACTERS = characters();

    private EmojiOnly() {}

    /** Returns whether the character has emoji presentation by default. */
    static boolean isEmoji(int character) {
        return CHARACTERS.get(character);
    }

    /** Returns whether the text is one to eight emoji, apart from white space. */
    public static boolean matches(String text) {
        return text.length() <= MAX_LENGTH && PATTERN.matcher(text).matches();
    }

    /** Returns the characters in a set, since matching a pattern for each letter of a text takes a hundred times as long. */
    private static BitSet characters() {
        Pattern emoji = Pattern.compile("[" + EMOJI + "]");
        BitSet all = new BitSet();
        IntStream.rangeClosed(0x2000, 0x1faff)
                .filter(each -> emoji.matcher(Character.toString(each)).matches())
                .forEach(all::set);
        return all;
    }
}
