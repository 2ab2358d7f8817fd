package chat.klatsch.web.markup;

import java.util.regex.Pattern;

/** Tells messages that are nothing but a few emoji. */
final class EmojiOnly {
    /** Shown as pictures by themselves: the planes of pictures, and those older symbols that Unicode lists so. */
    private static final String PICTURE = """
            \\x{1F300}-\\x{1F64F}\\x{1F680}-\\x{1F6FF}\\x{1F7E0}-\\x{1F7EB}\\x{1F7F0}\\x{1F90C}-\\x{1F9FF}\\x{1FA70}-\\x{1FAFF}\
            \\x{1F004}\\x{1F0CF}\\x{1F18E}\\x{1F191}-\\x{1F19A}\\x{1F201}\\x{1F21A}\\x{1F22F}\\x{1F232}-\\x{1F23A}\\x{1F250}\\x{1F251}\
            \\u231A\\u231B\\u23E9-\\u23EC\\u23F0\\u23F3\\u25FD\\u25FE\\u2614\\u2615\\u2648-\\u2653\\u267F\\u2693\\u26A1\\u26AA\
            \\u26AB\\u26BD\\u26BE\\u26C4\\u26C5\\u26CE\\u26D4\\u26EA\\u26F2\\u26F3\\u26F5\\u26FA\\u26FD\\u2705\\u270A\\u270B\\u2728\
            \\u274C\\u274E\\u2753-\\u2755\\u2757\\u2795-\\u2797\\u27B0\\u27BF\\u2B1B\\u2B1C\\u2B50\\u2B55""";

    /** Symbols that a variation selector turns into pictures. */
    private static final String SYMBOL =
            "\\u00A9\\u00AE\\u203C\\u2049\\u2122\\u2139\\u2194-\\u2BFF\\u3030\\u303D\\u3297\\u3299\\x{1F170}-\\x{1F17F}\\x{1F202}\\x{1F237}";

    private static final String ONE = "(?:[" + PICTURE + "]\\uFE0F?+|[" + SYMBOL
            + "]\\uFE0F|[\\u261D\\u26F9\\u270C\\u270D](?=[\\x{1F3FB}-\\x{1F3FF}]))"
            + "[\\x{1F3FB}-\\x{1F3FF}]?+[\\x{E0020}-\\x{E007F}]*+";
    private static final String FLAG = "[\\x{1F1E6}-\\x{1F1FF}]{2}";
    private static final String KEYCAP = "[0-9#*]\\uFE0F?+\\u20E3";
    private static final Pattern FEW = Pattern.compile(
            "(?:\\s*+(?:" + ONE + "(?:\\u200D" + ONE + "){0,9}|" + FLAG + "|" + KEYCAP + ")){1,8}\\s*+");
    private static final int LONGEST = 200;

    private EmojiOnly() {}

    /** Whether a text is one to eight emoji, with nothing but blanks between. */
    static boolean alone(String text) {
        return text.length() <= LONGEST && FEW.matcher(text).matches();
    }
}
