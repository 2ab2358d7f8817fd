package chat.klatsch.markup;

import chat.klatsch.core.TextRules;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * Parses text within a block: code, links, mentions and styles. Whatever is found first wins, and code and addresses
 * contain nothing else. Parses in one pass, with a stack of the styles that are still open. Confined to one parse.
 */
final class InlineParser {
    private static final int MAX_LINK_TEXT = 1_000;

    private final String text;
    private final Function<List<String>, Optional<String>> users;
    private final boolean isLinkText;
    private final Addresses addresses;
    private final OpenStyles styles;
    private int at;

    /** @param users returns which of these usernames a mention means, the first that exists */
    InlineParser(String text, Function<List<String>, Optional<String>> users) {
        this(text, users, false);
    }

    private InlineParser(String text, Function<List<String>, Optional<String>> users, boolean isLinkText) {
        this.text = text;
        this.users = users;
        this.isLinkText = isLinkText;
        this.addresses = new Addresses(text);
        this.styles = new OpenStyles(text);
    }

    List<Node> parse() {
        while (at < text.length()) {
            char character = text.charAt(at);
            boolean isParsed = switch (character) {
                case '`' -> parseCode();
                case '*', '_', '~' -> parseMark();
                case '[' -> !isLinkText && parseLink();
                case '@', '\uff20' -> parseMention();
                default -> Character.isLetterOrDigit(character) && parseWord();
            };
            if (!isParsed) {
                parseCharacter(character);
            }
        }
        return styles.close();
    }

    private void parseCharacter(char character) {
        if (character == '\n' && isBlankLine(at + 1)) {
            styles.closeAll();
        }
        advance(at + Character.charCount(text.codePointAt(at)));
    }

    private boolean isBlankLine(int start) {
        int end = start;
        while (end < text.length() && text.charAt(end) != '\n' && Characters.isBlank(text.charAt(end))) {
            end++;
        }
        return end < text.length() && text.charAt(end) == '\n';
    }

    /** Adds the source up to an index as text. */
    private void advance(int end) {
        styles.addText(text.substring(at, end));
        at = end;
    }

    /** Parses code between runs of as many back quotes: in a line, or over several lines with three and more. */
    private boolean parseCode() {
        int length = Characters.endOfRun(text, at) - at;
        int limit = length >= 3 ? text.length() : endOfLine();
        boolean isApostrophe = length == 1 && Characters.joinsBackQuote(Characters.before(text, at));
        for (int end = isApostrophe ? -1 : text.indexOf('`', at + length); end >= 0 && end < limit; ) {
            int endOfRun = Characters.endOfRun(text, end);
            String code = text.substring(at + length, end);
            if (endOfRun - end == length && !code.isBlank()) {
                styles.add(new Node.Code(withoutPadding(code)));
                at = endOfRun;
                return true;
            }
            end = text.indexOf('`', endOfRun);
        }
        advance(at + length);
        return true;
    }

    /** Removes the blanks that keep a back quote in the code apart from the mark. */
    private static String withoutPadding(String code) {
        boolean isPadded = code.length() > 2 && (code.startsWith(" `") || code.endsWith("` "));
        return isPadded && code.startsWith(" ") && code.endsWith(" ") ? code.substring(1, code.length() - 1) : code;
    }

    private boolean parseMark() {
        at = styles.parse(at);
        return true;
    }

    /** Parses {@code [text](address)}. */
    private boolean parseLink() {
        int end = endOfLinkText();
        if (end < 0 || !text.startsWith("](", end)) {
            return false;
        }
        int start = end + 2;
        int endOfAddress = addresses.endInBrackets(start);
        String content = text.substring(at + 1, end);
        if (endOfAddress == start || content.codePoints().allMatch(TextRules::isInvisible)) {
            return false;
        }
        String address = text.substring(start, endOfAddress);
        List<Node> nodes = new InlineParser(content, users, true).parse();
        styles.add(new Node.Link(address, LinkHost.unlike(Node.text(nodes), address), nodes));
        at = endOfAddress + 1;
        return true;
    }

    private int endOfLinkText() {
        int open = 0;
        int limit = Math.min(endOfLine(), at + MAX_LINK_TEXT);
        for (int i = at; i < limit; i++) {
            char character = text.charAt(i);
            open += character == '[' ? 1 : character == ']' ? -1 : 0;
            if (open == 0) {
                return i;
            }
        }
        return -1;
    }

    private boolean parseMention() {
        Optional<String> name = Optional.of(Usernames.at(text, at))
                .filter(names -> !names.isEmpty())
                .flatMap(users);
        name.ifPresent(username -> {
            int end = at + 1 + username.length();
            styles.add(new Node.Mention(username, text.substring(at, end)));
            at = end;
        });
        return name.isPresent();
    }

    /** Parses an address, or else a word. */
    private boolean parseWord() {
        int before = Characters.before(text, at);
        if ((before == '_' || !Characters.isLatinWord(before)) && before != '@') {
            int web = addresses.endOfWeb(at, styles::isOpen);
            int end = Math.max(web, addresses.endOfMailbox(at));
            if (end > at && !isLinkText) {
                String address = text.substring(at, end);
                addBareLink(address, end == web ? webAddress(address) : "mailto:" + address);
                at = end;
                return true;
            }
            end = Math.max(end, addresses.endOfOther(at, styles::isOpen));
            if (end > at) {
                advance(end);
                return true;
            }
        }
        int end = at;
        while (end < text.length() && text.charAt(end) != '_' && Characters.isLatinWord(text.charAt(end))) {
            end++;
        }
        advance(Math.max(end, at + 1));
        return true;
    }

    private static String webAddress(String address) {
        return address.toLowerCase(Locale.ROOT).startsWith("http") ? address : "http://" + address;
    }

    private void addBareLink(String content, String address) {
        styles.add(new Node.Link(address, LinkHost.behindUser(address), List.of(new Node.Text(content))));
    }

    private int endOfLine() {
        int end = text.indexOf('\n', at);
        return end < 0 ? text.length() : end;
    }
}
