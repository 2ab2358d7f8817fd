package chat.klatsch.core;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Brings every text that a user enters into one form, so that the same text is the same string from any device. */
public final class NormalText {
    private static final Pattern LINE_BREAK = Pattern.compile("\r\n?|[\u2028\u2029]");
    private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Z}]+");
    private static final Pattern SPACE = Pattern.compile("\\p{Zs}");

    /**
     * The marks after which a text is normalised separately. Sorting the marks of one letter takes quadratic time: for
     * the largest form it took minutes.
     */
    private static final Pattern MANY_MARKS = Pattern.compile("\\p{M}{64}");

    private NormalText() {}

    /**
     * Returns a text of several lines: composed (NFC), with line feeds as the only line breaks, and without control
     * characters, except tabs, and unpaired surrogates.
     */
    public static String of(String text) {
        String lines = LINE_BREAK.matcher(text).replaceAll("\n");
        return normalize(printable(lines), Normalizer.Form.NFC);
    }

    /** Returns a text of one line, with white space collapsed and removed at the ends. */
    public static String line(String text) {
        return BLANKS.matcher(of(text)).replaceAll(" ").strip();
    }

    /**
     * Returns what a user typed as a username or email address, without the blanks and invisible characters around it and
     * the {@code @} before it. Letters of another width become the usual ones.
     */
    public static String name(String text) {
        String bare = trimmed(normalize(printable(text), Normalizer.Form.NFKC));
        return bare.startsWith("@") ? trimmed(bare.substring(1)) : bare;
    }

    /** Returns a username or email address in lower case, the same for a Turkish and any other keyboard. */
    public static String lowerCase(String name) {
        return name.toLowerCase(Locale.ROOT).replace("i\u0307", "i");
    }

    /** Returns a password in the form of RFC 8265: composed, with ASCII spaces. */
    public static String password(String text) {
        return normalize(SPACE.matcher(text).replaceAll(" "), Normalizer.Form.NFC);
    }

    private static String printable(String text) {
        if (text.codePoints().noneMatch(TextRules::isUnprintable)) {
            return text;
        }
        return text.codePoints()
                .filter(character -> !TextRules.isUnprintable(character))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static String normalize(String text, Normalizer.Form form) {
        StringBuilder normal = new StringBuilder(text.length());
        int at = 0;
        for (Matcher marks = MANY_MARKS.matcher(text); marks.find(at); at = marks.end()) {
            normal.append(Normalizer.normalize(text.substring(at, marks.end()), form));
        }
        return normal.append(Normalizer.normalize(text.substring(at), form)).toString();
    }

    private static String trimmed(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && TextRules.isInvisible(text.codePointAt(start))) {
            start += Character.charCount(text.codePointAt(start));
        }
        while (start < end && TextRules.isInvisible(text.codePointBefore(end))) {
            end -= Character.charCount(text.codePointBefore(end));
        }
        return text.substring(start, end);
    }
}
