package chat.klatsch.markup;

import java.util.function.IntPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the addresses of websites and of mailboxes in a text. */
final class Addresses {
    private static final String LABEL = "[\\p{IsLatin}0-9](?:[\\p{IsLatin}0-9-]{0,61}+(?<!-))?+";
    private static final String DOMAIN = "(?:" + LABEL + "\\.){1,10}(?:xn--[A-Za-z0-9-]{1,59}|\\p{IsLatin}{2,24}+)";

    private static final Pattern WEB = Pattern.compile("(?i)(?:https?://|www\\.(?=[^\\s.]+\\.))(?=[\\p{L}\\p{N}\\[])");
    private static final Pattern MAILBOX = Pattern.compile(
            "[\\p{IsLatin}0-9](?:[\\p{IsLatin}0-9._%+'-]{0,63}+(?<![.']))?+@" + DOMAIN + "(?![\\p{IsLatin}0-9@-])");

    /** An address that is not made a link but contains neither marks nor mentions. */
    private static final Pattern OTHER =
            Pattern.compile("(?i)(?:[a-z][a-z0-9+.-]{1,20}+://|" + DOMAIN + "(?::[0-9]+)?/)");

    private static final Pattern IN_BRACKETS =
            Pattern.compile("(?i)(?:https?://(?=[\\p{L}\\p{N}\\[])|mailto:)[^\\s<>\"\\\\`]+");
    private static final String BRACKETS = "()[]{}";

    private final String text;
    private final boolean hasAt;
    private final boolean hasSlash;
    private final Matcher web;
    private final Matcher mailbox;
    private final Matcher other;
    private final Matcher inBrackets;

    Addresses(String text) {
        this.text = text;
        this.hasAt = text.indexOf('@') >= 0;
        this.hasSlash = text.indexOf('/') >= 0;
        this.web = WEB.matcher(text);
        this.mailbox = MAILBOX.matcher(text);
        this.other = OTHER.matcher(text);
        this.inBrackets = IN_BRACKETS.matcher(text);
    }

    /**
     * Returns the end of the web address that starts at an index, or the index itself.
     *
     * @param isOpen whether a style is open that this character would end
     */
    int endOfWeb(int start, IntPredicate isOpen) {
        boolean maybe = "hHwW".indexOf(text.charAt(start)) >= 0;
        return maybe && startsAt(web, start) ? end(web.end(), isOpen) : start;
    }

    int endOfMailbox(int start) {
        return hasAt && startsAt(mailbox, start) ? mailbox.end() : start;
    }

    /** Returns the end of an address that is shown as plain text, or the index itself. */
    int endOfOther(int start, IntPredicate isOpen) {
        return hasSlash && startsAt(other, start) ? end(other.end(), isOpen) : start;
    }

    /** Returns the end of a link's address in round brackets, which starts at an index, or the index itself. */
    int endInBrackets(int start) {
        if (!startsAt(inBrackets, start)) {
            return start;
        }
        int open = 0;
        for (int i = start; i < inBrackets.end(); i++) {
            char character = text.charAt(i);
            open += character == '(' ? 1 : character == ')' ? -1 : 0;
            if (open < 0) {
                return i;
            }
        }
        return start;
    }

    private boolean startsAt(Matcher matcher, int index) {
        return matcher.region(index, text.length()).lookingAt();
    }

    private int end(int from, IntPredicate isOpen) {
        int end = from;
        while (end < text.length() && mayContain(text.codePointAt(end)) && !endsAt(end, isOpen)) {
            end += Character.charCount(text.codePointAt(end));
        }
        while (end > from && isAfter(text.charAt(end - 1), from, end, isOpen)) {
            end--;
        }
        return end;
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

    /** Returns whether an address ends before this last character, which belongs to the sentence around it. */
    private boolean isAfter(char last, int from, int end, IntPredicate isOpen) {
        return switch (last) {
            case '.', ',', ';', ':', '!', '?', '\'', '\u00b7', '\u30fb', '\uff65', '\ufe0f', '\u200c', '\u200d' -> true;
            case '*', '_', '~' -> isOpen.test(last);
            case ')', ']', '}' -> {
                char opening = BRACKETS.charAt(BRACKETS.indexOf(last) - 1);
                yield count(last, from, end) > count(opening, from, end);
            }
            default -> false;
        };
    }

    private long count(char character, int from, int to) {
        return text.substring(from, to)
                .chars()
                .filter(each -> each == character)
                .count();
    }
}
