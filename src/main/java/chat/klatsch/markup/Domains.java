package chat.klatsch.markup;

/**
 * Finds domain names. Each label has letters of Latin script or of others, which ends a name before the text that follows
 * it without a blank. Reads each character once for all names that it may belong to. Confined to one parse.
 */
final class Domains {
    private static final int MAX_LABEL = 63;
    private static final int MAX_TOP = 24;

    private final String text;
    private int readFrom = -1;
    private int readTo;

    /** The last part of the name that was read, or both -1. */
    private int top;

    private int end;

    private boolean isForeign;
    private boolean isWord;

    Domains(String text) {
        this.text = text;
    }

    /** Returns the end of the name that starts at an index, or the index itself. */
    int end(int start) {
        if (start < readFrom || start >= readTo) {
            read(start);
        }
        return start < top ? end : start;
    }

    private void read(int start) {
        top = -1;
        end = -1;
        boolean wasForeign = false;
        int at = start;
        for (int label = start; label < text.length() && text.charAt(label) != '-'; label = at + 1) {
            at = endOfLabel(label);
            if (at == label || at - label > MAX_LABEL) {
                break;
            }
            if (label > start && isTop(label, at, wasForeign)) {
                top = label;
                end = at;
            }
            wasForeign = isForeign;
            if (Characters.at(text, at) != '.' || text.charAt(at - 1) == '-') {
                break;
            }
        }
        readFrom = start;
        readTo = Math.max(at, start + 1);
    }

    private int endOfLabel(int start) {
        boolean hasLetter = false;
        isForeign = false;
        isWord = true;
        int at = start;
        while (at < text.length()) {
            int character = text.codePointAt(at);
            if (Character.isLetter(character)) {
                boolean isOther = !Characters.isLatin(character);
                if (hasLetter && isOther != isForeign) {
                    break;
                }
                hasLetter = true;
                isForeign = isOther;
            } else if (character == '-' || Characters.isLatin(character)) {
                isWord = false;
            } else if (!Characters.isWord(character) || Character.isDigit(character)) {
                break;
            }
            at += Character.charCount(character);
        }
        return at;
    }

    /** Returns whether a name may end with this label: no foreign one ends a Latin name, and no letter follows. */
    private boolean isTop(int start, int end, boolean wasForeign) {
        boolean isName = isWord && end - start >= 2 && end - start <= MAX_TOP && (!isForeign || wasForeign);
        int after = Characters.at(text, end);
        return (isName || text.startsWith("xn--", start)) && !Characters.isLatin(after) && after != '@' && after != '-';
    }
}
