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
import java.util.function.BiFunction;

/** All emoji in the order of Unicode, without skin tones. The build takes them from emojilib and emojibase-data. Thread-safe. */
public final class EmojiList {
    private static final String VARIATION = "\ufe0f";

    private record Entry(Emoji emoji, String shownName, List<String> name, List<String> words) {
        boolean startsWords(List<String> wanted) {
            return wanted.stream().allMatch(start -> words.stream().anyMatch(word -> word.startsWith(start)));
        }

        boolean isNamed(List<String> wanted) {
            return name.containsAll(wanted);
        }
    }

    /** Reads the list, which takes a megabyte, when it is used first. */
    private static final class English {
        static final Map<String, Entry> ENTRIES = load("emoji.txt", English::emoji);

        private static Emoji emoji(String symbol, String name) {
            return Emoji.usual().stream()
                    .filter(usual -> usual.symbol().equals(symbol))
                    .findFirst()
                    .orElseGet(() -> new Emoji(symbol, symbol, name));
        }
    }

    /** Reads the German names, and the words in German and English, which take two megabytes, when they are used first. */
    private static final class German {
        static final Map<String, Entry> ENTRIES =
                load("emoji_de.txt", (symbol, name) -> named(symbol).orElseThrow());
    }

    private EmojiList() {}

    /** @param emoji makes or finds an emoji by the symbol and the name */
    private static Map<String, Entry> load(String name, BiFunction<String, String, Emoji> emoji) {
        try (InputStream file = EmojiList.class.getResourceAsStream(name)) {
            String list = new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
            Map<String, Entry> entries = new LinkedHashMap<>();
            list.lines().map(line -> line.split("\t")).forEach(parts -> {
                List<String> names = List.of(parts[1].toLowerCase(Locale.ROOT).split("[ :,]+"));
                Entry entry = new Entry(emoji.apply(parts[0], parts[1]), parts[1], names, List.of(parts[2].split(" ")));
                entries.put(key(parts[0]), entry);
            });
            return entries;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Optional<Emoji> named(String symbol) {
        return Optional.ofNullable(English.ENTRIES.get(key(symbol))).map(Entry::emoji);
    }

    private static boolean isGerman(Locale language) {
        return language.getLanguage().equals("de");
    }

    /** Returns what an emoji is called in German, or else in English. */
    static String name(Emoji emoji, Locale language) {
        return isGerman(language) && German.ENTRIES.containsKey(key(emoji.symbol()))
                ? German.ENTRIES.get(key(emoji.symbol())).shownName()
                : emoji.name();
    }

    /**
     * Finds the emoji that have a word which begins with each of these, in English or in the reader's language. Those that are
     * called so come first.
     */
    public static List<Emoji> search(String words, Locale language, int skip, int limit) {
        List<String> wanted = Arrays.stream(words.toLowerCase(Locale.ROOT).split("[\\s:_]+"))
                .filter(word -> !word.isEmpty())
                .toList();
        Optional<Emoji> itself = named(words.strip());
        return itself.isPresent()
                ? itself.stream().skip(skip).toList()
                : (isGerman(language) ? German.ENTRIES : English.ENTRIES)
                        .values().stream()
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
