package chat.klatsch.markup;

/** Finds the addresses of mailboxes. Looks around each {@code @} once. Confined to one parse. */
final class Mailboxes {
    private static final int MAX_NAME = 64;
    private static final int MAX_DOMAIN = 254;

    private final String text;
    private final Domains domains;
    private int sign = -1;
    private int first;
    private int end;

    Mailboxes(String text) {
        this.text = text;
        this.domains = new Domains(text);
    }

    /** Returns the end of the address that starts at an index, or the index itself. The indexes must grow. */
    int end(int start) {
        if (sign < start) {
            read(start);
        }
        return start >= first && Characters.isLatin(text.charAt(start)) ? Math.max(start, end) : start;
    }

    private void read(int start) {
        int found = text.indexOf('@', start);
        sign = found < 0 ? text.length() : found;
        first = sign;
        while (first > 0 && sign - first < MAX_NAME && isName(text.charAt(first - 1))) {
            first--;
        }
        boolean isMailbox = first < sign && ".'".indexOf(text.charAt(sign - 1)) < 0 && sign + 1 < text.length();
        end = isMailbox ? domains.end(sign + 1) : 0;
        if (end <= sign + 1 || end - sign > MAX_DOMAIN) {
            first = sign;
        }
    }

    private static boolean isName(char character) {
        return Characters.isLatin(character) || "._%+'-".indexOf(character) >= 0;
    }
}
