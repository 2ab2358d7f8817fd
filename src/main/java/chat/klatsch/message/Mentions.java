package chat.klatsch.message;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Who is called by name in a text: an {@code @} and a username, whether or not anybody has it. */
public final class Mentions {
    /** So much after an {@code @} decides whether it calls somebody: the longest name, and what may not follow it. */
    public static final int WINDOW = 40;

    private static final int LONGEST = 32;
    /** What an {@code @} may not follow: then it is part of a word, an e-mail address or a link, or meant as it stands. */
    private static final Pattern BEFORE = Pattern.compile("[\\p{L}\\p{N}_.@/\\\\=&#%+-]");

    private static final Pattern NAME = Pattern.compile(
            "(?=[._-]*+[A-Za-z0-9])(\\.*+[A-Za-z0-9_-]++(?:\\.++[A-Za-z0-9_-]++)*+)(?![\\p{L}\\p{N}@])");
    private static final Pattern CODE = Pattern.compile("(?s)(?<![`\\\\])(`++)(?!`).*?[^`]\\1(?!`)|(?<![`\\\\])```.*");

    private Mentions() {}

    /**
     * The usernames that a message calls, in small letters. Code in back quotes calls nobody. Of Markdown it knows no
     * more, so where somebody hides an {@code @} in the address of a link, it may find one more than is shown.
     */
    public static Set<String> in(String body) {
        Set<String> called = new LinkedHashSet<>();
        if (body.indexOf('@') < 0) {
            return called;
        }
        String text = CODE.matcher(body).replaceAll("`");
        for (int at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
            int previous = at == 0 ? ' ' : text.codePointBefore(at);
            name(previous, text.substring(at + 1, Math.min(text.length(), at + 1 + WINDOW)))
                    .map(Mentions::comparable)
                    .ifPresent(called::add);
        }
        return called;
    }

    /** The name that is called by an {@code @} between this character and this text. A dot at its end is not part of it. */
    public static Optional<String> name(int previous, String following) {
        if (BEFORE.matcher(Character.toString(previous)).matches()) {
            return Optional.empty();
        }
        Matcher matcher = NAME.matcher(following);
        return Optional.of(matcher)
                .filter(Matcher::lookingAt)
                .map(found -> found.group(1))
                .filter(name -> name.length() >= 2 && name.length() <= LONGEST);
    }

    /** The form in which names are compared. */
    public static String comparable(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
