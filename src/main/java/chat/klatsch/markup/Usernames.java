package chat.klatsch.markup;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the usernames that an {@code @} may mention. */
final class Usernames {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{2,64}+");
    private static final Pattern VALID = Pattern.compile("(?=.*[a-z0-9])[a-z0-9._-]{2,32}");
    private static final Pattern BOUNDARY = Pattern.compile("^(.*[A-Za-z0-9_-])(?:\\.|-|[._-]{2}).*?$");

    private Usernames() {}

    /**
     * Returns the usernames that may be meant by the {@code @} at an index, in lower case, the longest first. A username
     * may end with punctuation, and so may a sentence.
     */
    static List<String> at(String text, int index) {
        int start = index;
        while (start > 0 && "_@\uff20".indexOf(text.charAt(start - 1)) >= 0) {
            start--;
        }
        boolean isInWord = Characters.isLatinWord(Characters.before(text, start));
        Matcher matcher = NAME.matcher(text).region(index + 1, text.length());
        if (isInWord || !matcher.lookingAt()) {
            return List.of();
        }
        int after = Characters.at(text, matcher.end());
        boolean isAddress = after == '@' && Character.isLetterOrDigit(text.charAt(matcher.end() - 1));
        if (isAddress || Characters.isLatinWord(after)) {
            return List.of();
        }
        List<String> names = new ArrayList<>();
        for (Optional<String> name = Optional.of(matcher.group());
                name.isPresent();
                name = name.flatMap(Usernames::shorter)) {
            name.map(each -> each.toLowerCase(Locale.ROOT))
                    .filter(each -> VALID.matcher(each).matches())
                    .ifPresent(names::add);
        }
        return names;
    }

    /** Returns the name without its last character if that is punctuation, or else without its last part. */
    private static Optional<String> shorter(String name) {
        char last = name.charAt(name.length() - 1);
        if (last == '.' || last == '-' || last == '_') {
            return Optional.of(name.substring(0, name.length() - 1)).filter(rest -> !rest.isEmpty());
        }
        Matcher boundary = BOUNDARY.matcher(name);
        return boundary.matches() ? Optional.of(boundary.group(1)) : Optional.empty();
    }
}
