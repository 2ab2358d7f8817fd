package chat.klatsch.markup;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the parts of links in the form {@code [text](address)}. Reads the text once. Confined to one parse. */
final class MarkedLinks {
    private static final Pattern ADDRESS =
            Pattern.compile("(?i)(?:https?://(?=[\\p{L}\\p{N}\\p{So}\\[])|mailto:(?=[^)]))");
    private static final String NOT_IN_TEXTS = "\n";
    private static final String NOT_IN_ADDRESSES = " \t\n\u000b\f\r<>\"\\`";
    private static final int MAX_TEXT = 1_000;

    private final int[] endsOfTexts;
    private final int[] endsOfAddresses;
    private final Matcher address;

    MarkedLinks(String text) {
        this.endsOfTexts = closing(text, '[', ']', NOT_IN_TEXTS);
        this.endsOfAddresses = closing(text, '(', ')', NOT_IN_ADDRESSES);
        this.address = ADDRESS.matcher(text);
    }

    /** Returns for each opening bracket where it is closed; a number below zero if it is not. */
    private static int[] closing(String text, char opening, char closing, String limits) {
        int[] ends = new int[text.length()];
        // The innermost open bracket, which refers to the one around it.
        int open = -1;
        for (int at = 0; at < ends.length; at++) {
            char character = text.charAt(at);
            if (character == opening) {
                ends[at] = -open - 2;
                open = at;
            } else if (character == closing && open >= 0) {
                int around = -ends[open] - 2;
                ends[open] = at;
                open = around;
            } else if (limits.indexOf(character) >= 0) {
                open = -1;
            }
        }
        return ends;
    }

    /** Returns the index of the bracket that ends a link's text, or -1. @param start the index of the one before it */
    int endOfText(int start) {
        int end = endsOfTexts[start];
        boolean isText = end > 0 && end - start < MAX_TEXT && end + 1 < endsOfTexts.length;
        return isText && endOfAddress(end + 1) > 0 ? end : -1;
    }

    /** Returns the index of the bracket that ends a link's address, or -1. @param start the index of the one before it */
    int endOfAddress(int start) {
        int end = endsOfAddresses[start];
        boolean isAddress =
                end > 0 && address.region(start + 1, endsOfAddresses.length).lookingAt();
        return isAddress ? end : -1;
    }
}
