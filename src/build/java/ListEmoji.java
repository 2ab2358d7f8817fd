import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes a line for each emoji of emojilib: the emoji, its name and the words to find it by, separated by tabs. Writes the same
 * with the German names of emojibase-data, to be found by the words of both languages. Run by the build.
 */
final class ListEmoji {
    private static final String VARIATION = "\ufe0f";
    private static final Pattern STRING = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern ENTRY = Pattern.compile(STRING + "\\s*:\\s*\\[((?:\\s*" + STRING + ",?)+)\\s*]");

    /** An emoji of emojibase-data, or a variant of one. Its tags, if it has any, precede the emoji. */
    private static final Pattern GERMAN = Pattern.compile(
            "\"label\":" + STRING + "(?:,\"order\":\\d+)?(?:,\"tags\":\\[([^]]*)])?,\"unicode\":" + STRING);

    private ListEmoji() {}

    /** @param arguments the file of emojilib, that of emojibase-data, and the files to write in English and in German */
    public static void main(String[] arguments) throws IOException {
        Map<String, MatchResult> german = new HashMap<>();
        GERMAN.matcher(Files.readString(Path.of(arguments[1])))
                .results()
                .forEach(entry -> german.put(entry.group(3).replace(VARIATION, ""), entry));
        StringBuilder englishList = new StringBuilder();
        StringBuilder germanList = new StringBuilder();
        for (MatchResult entry :
                ENTRY.matcher(Files.readString(Path.of(arguments[0]))).results().toList()) {
            String emoji = entry.group(1);
            List<String> words = strings(entry.group(2));
            // The first word is the name, with underscores.
            String name = words.get(0).replace('_', ' ');
            englishList.append(line(emoji, name, words.stream()));
            MatchResult own = german.get(emoji.replace(VARIATION, ""));
            if (own == null) {
                throw new IllegalStateException("emojibase-data has no German name of " + emoji);
            }
            List<String> tags = own.group(2) == null ? List.of() : strings(own.group(2));
            germanList.append(line(
                    emoji,
                    own.group(1),
                    Stream.of(Stream.of(own.group(1)), tags.stream(), words.stream())
                            .flatMap(all -> all)));
        }
        Files.writeString(Path.of(arguments[2]), englishList);
        Files.writeString(Path.of(arguments[3]), germanList);
    }

    private static String line(String emoji, String name, Stream<String> words) {
        String known = words.flatMap(
                        word -> Arrays.stream(word.toLowerCase(Locale.ROOT).split("[_\\s\\u00a0:,]+")))
                .filter(word -> word.matches("[\\p{L}\\p{N}'-]+|\\+1"))
                .distinct()
                .collect(Collectors.joining(" "));
        return emoji + "\t" + name + "\t" + known + "\n";
    }

    private static List<String> strings(String list) {
        return STRING.matcher(list).results().map(string -> string.group(1)).toList();
    }
}
