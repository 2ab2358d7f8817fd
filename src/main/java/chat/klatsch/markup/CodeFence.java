package chat.klatsch.markup;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Code between fences of back quotes. The closing fence may stand at the end of a line of code or before other text. Code
 * that is not closed extends to the end.
 *
 * @param end the end of the block in the source
 * @param endOfLine the start of the next line, which differs if text follows on the same line
 */
record CodeFence(Node.CodeBlock block, int end, int endOfLine) {
    private static final Pattern OPENING = Pattern.compile(" {0,3}(`{3,}+)([^`\\n]*+)\\n");

    /** Returns the code whose opening fence is at the start of a line. */
    static Optional<CodeFence> at(String source, int index) {
        Matcher opening = OPENING.matcher(source).region(index, source.length());
        return opening.lookingAt() ? of(source, opening) : Optional.empty();
    }

    private static Optional<CodeFence> of(String source, Matcher opening) {
        int closing = closing(source, opening.end(), opening.group(1).length());
        int end = Characters.endOfRun(source, closing);
        String code = source.substring(opening.end(), closing);
        int lastLine = code.lastIndexOf('\n') + 1;
        boolean isClosed = closing < source.length();
        boolean isAlone = code.substring(lastLine).isBlank();
        if (isClosed && isAlone) {
            code = code.substring(0, lastLine);
        }
        String language = opening.group(2).strip();
        boolean isLanguage = (!isClosed || isAlone) && language.chars().noneMatch(Character::isWhitespace);
        if (!isLanguage && !language.isEmpty()) {
            language = "";
            code = source.substring(opening.start(2), opening.end()) + code;
        }
        if (code.isBlank()) {
            return Optional.empty();
        }
        int newline = source.indexOf('\n', end);
        int next = newline < 0 ? source.length() : newline + 1;
        boolean isFollowed = !source.substring(end, next).isBlank();
        boolean isLineMissing = !isFollowed && newline >= 0 && !code.endsWith("\n");
        Node.CodeBlock block = new Node.CodeBlock(language, isLineMissing ? code + "\n" : code);
        return Optional.of(new CodeFence(block, isFollowed ? end : next, next));
    }

    private static int closing(String source, int start, int length) {
        int fence = source.indexOf("```", start);
        while (fence >= 0) {
            int end = Characters.endOfRun(source, fence);
            if (end - fence >= length && !Characters.isWord(Characters.at(source, end))) {
                return fence;
            }
            fence = source.indexOf("```", end);
        }
        return source.length();
    }
}
