package chat.klatsch.web.markup;

/** Finds messages that may be taller than a screen. The page shows only their beginning until the reader wants more. */
final class LongText {
    /** The lines of a phone's screen. */
    private static final int SCREEN_LINES = 30;

    /** The letters in one line on a phone. */
    private static final int LINE_LETTERS = 35;

    /** The letters between two tab stops. */
    private static final int TAB = 8;

    /** The first of the scripts whose letters are mostly twice as wide as Latin ones. */
    private static final int FIRST_WIDE = 0x1100;

    private LongText() {}

    /** Returns whether the text takes more lines than a phone shows. A wide window may still show it whole. */
    static boolean matches(String body) {
        int lines = 1;
        int letters = 0;
        for (int at = 0; at < body.length() && lines <= SCREEN_LINES; at++) {
            char letter = body.charAt(at);
            letters += letter == '\t' ? TAB - letters % TAB : letter < FIRST_WIDE ? 1 : 2;
            if (letter == '\n' || letters > LINE_LETTERS) {
                lines++;
                letters = 0;
            }
        }
        return lines > SCREEN_LINES;
    }
}
