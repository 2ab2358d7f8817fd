package chat.klatsch.markup;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parses a text into blocks of code, quotes and lists, with the text between them. A line belongs to a quote or a list
 * only by its own mark. Numbered lines are text, as a chat must not change their numbers. Confined to one parse.
 */
final class BlockParser {
    /** Something without which a text within a block has no marks, links or mentions. */
    private static final Pattern MARK = Pattern.compile("[*_~`\\[@\uff20]|://|(?i:www\\.)");

    private static final Pattern QUOTED = Pattern.compile(">(?: ([^\\n]*))?(?:\\n|$)");
    private static final Pattern ITEM = Pattern.compile("([ \\t]*)([-*])[ \\t]+([^\\s][^\\n]*)(?:\\n|$)");
    private static final Pattern NO_ITEM = Pattern.compile("[-*_\\s]*|[^\\n]* \\*\\s*");
    private static final Pattern AMOUNT = Pattern.compile("[\\p{Nd}\\p{Sc}].*");

    private static final int MAX_DEPTH = 6;

    private final String source;
    private final Function<List<String>, Optional<String>> users;
    private final int depth;
    private final Matcher quoted;
    private final Matcher item;
    private final List<Node> nodes = new ArrayList<>();
    private int textStart;
    private int at;

    BlockParser(String source, Function<List<String>, Optional<String>> users) {
        this(source, users, 0);
    }

    private BlockParser(String source, Function<List<String>, Optional<String>> users, int depth) {
        this.source = source;
        this.users = users;
        this.depth = depth;
        this.quoted = QUOTED.matcher(source);
        this.item = ITEM.matcher(source);
    }

    List<Node> parse() {
        while (at < source.length()) {
            if (!parseCode() && !parseQuote() && !parseList()) {
                at = endOfLine(at);
            }
        }
        addText(source.length());
        return nodes;
    }

    /** Adds the text since the last block, up to an index. */
    private void addText(int end) {
        if (end > textStart) {
            nodes.addAll(inline(source.substring(textStart, end)));
        }
    }

    private void addBlock(Node block, int start, int end) {
        addText(start);
        nodes.add(block);
        textStart = end;
        at = end;
    }

    private List<Node> inline(String text) {
        boolean isWhole = depth == 0 && text.length() == source.length();
        return isWhole || MARK.matcher(text).find()
                ? new InlineParser(text, users).parse()
                : List.of(new Node.Text(text));
    }

    private boolean parseCode() {
        Optional<CodeFence> fence = CodeFence.at(source, at);
        fence.ifPresent(code -> {
            addBlock(code.block(), at, code.end());
            at = code.endOfLine();
        });
        return fence.isPresent();
    }

    private boolean parseQuote() {
        if (depth == MAX_DEPTH || !startsHere(quoted, at)) {
            return false;
        }
        StringBuilder content = new StringBuilder();
        int end = at;
        while (end < source.length() && startsHere(quoted, end)) {
            content.append(Optional.ofNullable(quoted.group(1)).orElse(""));
            content.append(source, Math.max(end + 1, quoted.end(1)), quoted.end());
            end = quoted.end();
        }
        // Lines of amounts are rather comparisons.
        if (content.toString()
                .lines()
                .allMatch(line -> line.isBlank() || AMOUNT.matcher(line).matches())) {
            at = end;
            return true;
        }
        addBlock(new Node.Quote(new BlockParser(content.toString(), users, depth + 1).parse()), at, end);
        return true;
    }

    private boolean parseList() {
        if (depth == MAX_DEPTH || !startsHere(item, at) || !item.group(1).isEmpty()) {
            return false;
        }
        List<ListLine> lines = new ArrayList<>();
        int end = at;
        while (end < source.length()
                && startsHere(item, end)
                && !NO_ITEM.matcher(item.group(3)).matches()) {
            lines.add(new ListLine(item.group(1).length(), item.group(3) + source.substring(item.end(3), item.end())));
            end = item.end();
        }
        // Such lines are rather negative amounts.
        boolean isColumn = source.charAt(at) == '-'
                && lines.stream()
                        .allMatch(line -> AMOUNT.matcher(line.text().strip()).matches());
        if (lines.isEmpty() || isColumn) {
            at = Math.max(end, endOfLine(at));
            return true;
        }
        addBlock(list(lines, 0), at, end);
        return true;
    }

    /** One item of a list. @param indent the number of blanks before its mark */
    private record ListLine(int indent, String text) {}

    /** Returns the items of one list, each with the lines below it that are indented further. */
    private Node.BulletList list(List<ListLine> lines, int level) {
        List<Node.Item> items = new ArrayList<>();
        for (int i = 0; i < lines.size(); ) {
            int next = i + 1;
            while (next < lines.size()
                    && level < MAX_DEPTH
                    && lines.get(next).indent() > lines.get(i).indent()) {
                next++;
            }
            List<Node> content = new ArrayList<>(inline(lines.get(i).text()));
            if (next > i + 1) {
                content.add(list(lines.subList(i + 1, next), level + 1));
            }
            items.add(new Node.Item(content));
            i = next;
        }
        return new Node.BulletList(items);
    }

    private boolean startsHere(Matcher matcher, int index) {
        return matcher.region(index, source.length()).lookingAt();
    }

    /** Returns the start of the next line. */
    private int endOfLine(int from) {
        int end = source.indexOf('\n', from);
        return end < 0 ? source.length() : end + 1;
    }
}
