package chat.klatsch.message;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds mentions in a text: an {@code @} and a username, whether or not such a user exists. */
public final class Mentions {
    /** The number of characters after an {@code @} that decide whether it is a mention. */
    public static final int WINDOW = 40;

    private static final int MAX_LENGTH = 32;

    /** A character before an {@code @} that makes it part of a word, an email address or a link, or escapes it. */
    private static final Pattern BEFORE = Pattern.compile("[\\p{L}\\p{N}_.@/\\\\=&#%+-]");

    private static final Pattern NAME = Pattern.compile(
            "(?=[._-]*+[A-Za-z0-9])(\\.*+[A-Za-z0-9_-]++(?:\\.++[A-Za-z0-9_-]++)*+)(?![\\p{L}\\p{N}@])");
    private static final Pattern CODE = Pattern.compile("(?s)(?<![`\\\\])(`++)(?!`).*?[^`]\\1(?!`)|(?<![`\\\\])```.*");

    private Mentions() {}

    /**
     * Returns the mentioned usernames in lower case. Code in back quotes mentions nobody. No other Markdown is parsed, so
     * an {@code @} in a link's address may count as a mention that is not shown.
     */
    public static Set<String> in(String body) {
        Set<String> mentioned = new LinkedHashSet<>();
        if (body.indexOf('@') < 0) {
            return mentioned;
        }
        String text = CODE.matcher(body).replaceAll("`");
        for (int at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
            int previous = at == 0 ? ' ' : text.codePointBefore(at);
            name(previous, text.substring(at + 1, Math.min(text.length(), at + 1 + WINDOW)))
                    .map(Mentions::comparable)
                    .ifPresent(mentioned::add);
        }
        return mentioned;
    }

    /** Returns the name that an {@code @} between this character and this text mentions, without a dot at its end. */
    public static Optional<String> name(int previous, String following) {
        if (BEFORE.matcher(Character.toString(previous)).matches()) {
            return Optional.empty();
        }
        Matcher matcher = NAME.matcher(following);
        return Optional.of(matcher)
                .filter(Matcher::lookingAt)
                .map(found -> found.group(1))
                .filter(name -> name.length() >= 2 && name.length() <= MAX_LENGTH);
    }

    /** Returns the form in which names are compared. */
    public static String comparable(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
