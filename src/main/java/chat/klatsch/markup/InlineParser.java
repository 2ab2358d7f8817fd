package chat.klatsch.markup;

import chat.klatsch.core.TextRules;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Parses text within a block: code, links, mentions and styles. Whatever is found first wins, and code and addresses
 * contain nothing else. Parses in one pass, with a stack of the styles that are still open. Confined to one parse.
 */
final class InlineParser {
    private final String text;
    private final Function<List<String>, Optional<String>> users;
    private final boolean isLinkText;
    private final Addresses addresses;
    private final OpenStyles styles;
    private @Nullable CodeMarks codeMarks;
    private @Nullable MarkedLinks links;
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
        if (codeMarks == null) {
            codeMarks = new CodeMarks(text);
        }
        int start = Characters.endOfRun(text, at);
        int length = start - at;
        int end = codeMarks.next(at);
        if (end > 0 && text.substring(start, end).isBlank()) {
            end = codeMarks.next(end);
        }
        boolean isApostrophe = length == 1 && CodeMarks.joinsBackQuote(Characters.before(text, at));
        boolean isCode = end > 0 && !isApostrophe && (length >= 3 || isLine(start, end));
        if (isCode) {
            styles.add(new Node.Code(withoutPadding(text.substring(start, end))));
            at = end + length;
        } else {
            advance(start);
        }
        return true;
    }

    private boolean isLine(int start, int end) {
        return text.substring(start, end).indexOf('\n') < 0;
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
        if (links == null) {
            links = new MarkedLinks(text);
        }
        int end = links.endOfText(at);
        if (end < 0 || text.substring(at + 1, end).codePoints().allMatch(TextRules::isInvisible)) {
            return false;
        }
        int endOfAddress = links.endOfAddress(end + 1);
        String address = text.substring(end + 2, endOfAddress);
        List<Node> nodes = new InlineParser(text.substring(at + 1, end), users, true).parse();
        styles.add(new Node.Link(address, LinkHost.unlike(Node.text(nodes), address), nodes));
        at = endOfAddress + 1;
        return true;
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
}
