package chat.klatsch.markup;

/** Tells the symbols within an address, such as emoji, from those of the text after it. Confined to one address. */
final class AddressSymbols {
    private static final String SEPARATORS = "/-_=&%#+~@";

    private final String text;
    private final int host;
    private int endOfHost = -1;

    /** The last dot of the host, before which symbols belong to it. */
    private int lastDot;

    /** @param host where the host starts */
    AddressSymbols(String text, int host) {
        this.text = text;
        this.host = host;
    }

    static boolean isSymbol(int character) {
        return character > 0x7f && Character.getType(character) == Character.OTHER_SYMBOL;
    }

    /** Returns the end of the symbols at an index that belong to the address, or the index itself. */
    int end(int start) {
        int first = text.codePointAt(start);
        if (!isSymbol(first) && !isSign(first)) {
            return start;
        }
        int end = start + Character.charCount(first);
        while (end < text.length() && isPart(text.codePointAt(end))) {
            end += Character.charCount(text.codePointAt(end));
        }
        readHost();
        boolean isInHost = start < endOfHost;
        boolean isFirst = start > host && "/=".indexOf(text.charAt(start - 1)) >= 0;
        boolean goesOn = !isInHost && goesOn(end);
        boolean isWithin = isSymbol(first) ? isFirst || goesOn : isFirst && goesOn;
        return isInHost && start < lastDot || isWithin ? end : start;
    }

    private void readHost() {
        if (endOfHost >= 0) {
            return;
        }
        int at = host;
        while (at < text.length()) {
            int character = text.codePointAt(at);
            if (character == '.' && Characters.isWord(Characters.at(text, at + 1))) {
                lastDot = at;
            } else if (".-".indexOf(character) < 0 && !Characters.isWord(character) && !isPart(character)) {
                break;
            }
            at += Character.charCount(character);
        }
        endOfHost = at;
    }

    private boolean goesOn(int end) {
        int next = Characters.at(text, end);
        return Characters.isWord(next)
                || SEPARATORS.indexOf(next) >= 0
                || ".:?".indexOf(next) >= 0 && Characters.isWord(Characters.at(text, end + 1));
    }

    /** Returns whether it continues a symbol: another one, a variant, a joiner, a skin tone or a part of a flag. */
    private static boolean isPart(int character) {
        return isSymbol(character)
                || character == 0xfe0f
                || character == 0x200d
                || character >= 0x1f3fb && character <= 0x1f3ff
                || character >= 0xe0020 && character <= 0xe007f;
    }

    /** Returns whether it is a symbol that rather separates, such as an arrow. */
    private static boolean isSign(int character) {
        return character > 0x7f
                && switch (Character.getType(character)) {
                    case Character.MATH_SYMBOL, Character.CURRENCY_SYMBOL, Character.MODIFIER_SYMBOL -> true;
                    default -> false;
                };
    }
}
