import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes a line for each emoji of emojilib: the emoji, its name and the words to find it by, separated by tabs. Run by the
 * build.
 */
final class ListEmoji {
    private static final Pattern STRING = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern ENTRY = Pattern.compile(STRING + "\\s*:\\s*\\[((?:\\s*" + STRING + ",?)+)\\s*]");

    private ListEmoji() {}

    public static void main(String[] arguments) throws IOException {
        String json = Files.readString(Path.of(arguments[0]));
        String list = ENTRY.matcher(json)
                .results()
                .map(entry -> line(entry.group(1), strings(entry.group(2))))
                .collect(Collectors.joining("\n", "", "\n"));
        Files.writeString(Path.of(arguments[1]), list);
    }

    /** The first word is the name, with underscores. */
    private static String line(String emoji, String[] words) {
        String known = Arrays.stream(words)
                .flatMap(word -> Stream.of(word.toLowerCase(Locale.ROOT).split("[_\\s\\u00a0]+")))
                .filter(word -> word.matches("[\\p{L}\\p{N}'-]+|\\+1"))
                .distinct()
                .collect(Collectors.joining(" "));
        return emoji + "\t" + words[0].replace('_', ' ') + "\t" + known;
    }

    private static String[] strings(String list) {
        return STRING.matcher(list)
                .results()
                .map((MatchResult string) -> string.group(1))
                .toArray(String[]::new);
    }
}
