package chat.klatsch.message;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** All emoji in the order of Unicode, without skin tones. The build takes them from emojilib. Thread-safe. */
public final class EmojiList {
    private static final String VARIATION = "\ufe0f";

    private record Entry(Emoji emoji, List<String> name, List<String> words) {
        boolean startsWords(List<String> wanted) {
            return wanted.stream().allMatch(start -> words.stream().anyMatch(word -> word.startsWith(start)));
        }

        boolean isNamed(List<String> wanted) {
            return name.containsAll(wanted);
        }
    }

    /** Reads the list, which takes a megabyte, when it is used first. */
    private static final class Loaded {
        static final Map<String, Entry> ENTRIES = load();

        private static Map<String, Entry> load() {
            try (InputStream file = EmojiList.class.getResourceAsStream("emoji.txt")) {
                String list = new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
                Map<String, Entry> entries = new LinkedHashMap<>();
                list.lines()
                        .map(Loaded::entry)
                        .forEach(entry -> entries.put(key(entry.emoji().symbol()), entry));
                return entries;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static Entry entry(String line) {
            String[] parts = line.split("\t");
            Emoji emoji = Emoji.usual().stream()
                    .filter(usual -> usual.symbol().equals(parts[0]))
                    .findFirst()
                    .orElseGet(() -> new Emoji(parts[0], parts[0], parts[1]));
            return new Entry(emoji, List.of(parts[1].split(" ")), List.of(parts[2].split(" ")));
        }
    }

    private EmojiList() {}

    static Optional<Emoji> named(String symbol) {
        return Optional.ofNullable(Loaded.ENTRIES.get(key(symbol))).map(Entry::emoji);
    }

    /** Finds the emoji that have a word which begins with each of these. Those that are called so come first. */
    public static List<Emoji> search(String words, int skip, int limit) {
        List<String> wanted = Arrays.stream(words.toLowerCase(Locale.ROOT).split("[\\s:_]+"))
                .filter(word -> !word.isEmpty())
                .toList();
        Optional<Emoji> itself = named(words.strip());
        return itself.isPresent()
                ? itself.stream().skip(skip).toList()
                : Loaded.ENTRIES.values().stream()
                        .filter(entry -> entry.startsWords(wanted))
                        .sorted((one, other) -> Boolean.compare(other.isNamed(wanted), one.isNamed(wanted)))
                        .map(Entry::emoji)
                        .skip(skip)
                        .limit(limit)
                        .toList();
    }

    /** Keyboards leave out the character that asks for a coloured symbol, or put it in. */
    private static String key(String symbol) {
        return symbol.replace(VARIATION, "");
    }
}
