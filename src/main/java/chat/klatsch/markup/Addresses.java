package chat.klatsch.markup;

import java.util.function.IntPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the addresses of websites and of mailboxes in a text. Confined to one parse. */
final class Addresses {
    private static final Pattern WEB =
            Pattern.compile("(?i)(?:https?://|www\\.(?=[^\\s.]+\\.))(?=[\\p{L}\\p{N}\\p{So}\\[])");
    private static final Pattern SCHEME = Pattern.compile("(?i)[a-z][a-z0-9+.-]{1,20}+://");
    private static final Pattern PORT = Pattern.compile("(?::[0-9]{1,5})?/");
    private static final String BRACKETS = "()[]{}";

    private final String text;
    private final boolean hasAt;
    private final boolean hasSlash;
    private final Mailboxes mailboxes;
    private final Domains domains;
    private final Matcher web;
    private final Matcher scheme;
    private final Matcher port;

    Addresses(String text) {
        this.text = text;
        this.hasAt = text.indexOf('@') >= 0;
        this.hasSlash = text.indexOf('/') >= 0;
        this.mailboxes = new Mailboxes(text);
        this.domains = new Domains(text);
        this.web = WEB.matcher(text);
        this.scheme = SCHEME.matcher(text);
        this.port = PORT.matcher(text);
    }

    /**
     * Returns the end of the web address that starts at an index, or the index itself.
     *
     * @param isOpen whether a style is open that this character would end
     */
    int endOfWeb(int start, IntPredicate isOpen) {
        if ("hHwW".indexOf(text.charAt(start)) < 0 || !startsAt(web, start)) {
            return start;
        }
        int end = end(web.end(), isOpen);
        return end > web.end() ? end : start;
    }

    int endOfMailbox(int start) {
        return hasAt ? mailboxes.end(start) : start;
    }

    /** Returns the end of an address that is shown as plain text but contains neither marks nor mentions. */
    int endOfOther(int start, IntPredicate isOpen) {
        if (!hasSlash) {
            return start;
        }
        if (startsAt(scheme, start)) {
            return end(scheme.end(), isOpen);
        }
        int domain = domains.end(start);
        return domain > start && startsAt(port, domain) ? end(port.end(), isOpen) : start;
    }

    private boolean startsAt(Matcher matcher, int index) {
        return matcher.region(index, text.length()).lookingAt();
    }

    private int end(int from, IntPredicate isOpen) {
        AddressSymbols symbols = new AddressSymbols(text, from);
        int end = from;
        while (end < text.length() && !endsAt(end, isOpen)) {
            int next = symbols.end(end);
            if (next == end && !mayContain(text.codePointAt(end))) {
                break;
            }
            end = Math.max(next, end + 1);
        }
        return withoutSentence(from, end, isOpen);
    }

    /** Returns whether an open style or the next address of a list ends it. */
    private boolean endsAt(int index, IntPredicate isOpen) {
        char character = text.charAt(index);
        if (character == ',' || character == ';') {
            return text.startsWith("http", index + 1);
        }
        if (!Characters.isStyleMark(character) || text.charAt(index - 1) == character || !isOpen.test(character)) {
            return false;
        }
        int after = Characters.at(text, Characters.endOfRun(text, index));
        return Characters.mayClose(Characters.before(text, index), after);
    }

    private static boolean mayContain(int character) {
        return !Characters.isBlank(character)
                && "<>\"`\\|".indexOf(character) < 0
                && !Characters.isForeignPunctuation(character)
                && switch (Character.getType(character)) {
                    case Character.CONTROL -> false;
                    case Character.OTHER_SYMBOL,
                            Character.MATH_SYMBOL,
                            Character.CURRENCY_SYMBOL,
                            Character.MODIFIER_SYMBOL -> character < 0x80;
                    // The joiners are part of Persian and Indic words.
                    case Character.FORMAT -> character == 0x200c || character == 0x200d;
                    default -> true;
                };
    }

    /** Leaves out the last characters of an address that belong to the sentence around it. */
    private int withoutSentence(int from, int end, IntPredicate isOpen) {
        int[] surplus = new int[BRACKETS.length() / 2];
        for (int i = from; i < end; i++) {
            int bracket = BRACKETS.indexOf(text.charAt(i));
            if (bracket >= 0) {
                surplus[bracket / 2] += bracket % 2 == 0 ? -1 : 1;
            }
        }
        int last = end;
        while (last > from && isAfter(last - 1, surplus, isOpen)) {
            last--;
        }
        return last;
    }

    /** @param surplus the closing brackets of each kind that are not open within the address */
    private boolean isAfter(int index, int[] surplus, IntPredicate isOpen) {
        char last = text.charAt(index);
        return switch (last) {
            case '.', ',', ';', ':', '!', '?', '\'', '\u00b7', '\u30fb', '\uff65', '\u200c', '\u200d' -> true;
            case '\ufe0f' -> !AddressSymbols.isSymbol(Characters.before(text, index));
            case '*', '_', '~' -> isOpen.test(last);
            case ')', ']', '}' -> surplus[BRACKETS.indexOf(last) / 2]-- > 0;
            default -> false;
        };
    }
}
