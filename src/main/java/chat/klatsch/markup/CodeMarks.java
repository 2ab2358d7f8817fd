package chat.klatsch.markup;

import java.util.HashMap;
import java.util.Map;

/** Finds the runs of as many back quotes as there are before code. Reads the text once. Confined to one parse. */
final class CodeMarks {
    /** At the start of each run, the start of the next one of its length, or else 0. */
    private final int[] next;

    CodeMarks(String text) {
        next = new int[text.length()];
        Map<Integer, Integer> starts = new HashMap<>();
        for (int end = text.length(); end > 0; ) {
            int start = end - 1;
            if (text.charAt(start) == '`') {
                while (start > 0 && text.charAt(start - 1) == '`') {
                    start--;
                }
                Integer later = starts.put(end - start, start);
                next[start] = later == null ? 0 : later;
            }
            end = start;
        }
    }

    /** Returns the start of the next run that is as long as the one at an index, or -1. */
    int next(int start) {
        return next[start] > 0 ? next[start] : -1;
    }

    /** Returns whether a back quote after this character is an apostrophe, or part of an emoticon. */
    static boolean joinsBackQuote(int character) {
        boolean isSymbol = switch (Character.getType(Math.max(0, character))) {
            case Character.MATH_SYMBOL, Character.OTHER_SYMBOL, Character.MODIFIER_SYMBOL -> true;
            default -> false;
        };
        return Characters.isLatinWord(character) || isSymbol && character > 0x7f && !Characters.isEmoji(character);
    }
}
