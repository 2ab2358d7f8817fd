package chat.klatsch.markup;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the usernames that an {@code @} may mention. */
final class Usernames {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{2,64}+");
    private static final Pattern VALID = Pattern.compile("(?=.*[a-z0-9])[a-z0-9._-]{2,32}");

    private Usernames() {}

    /**
     * Returns the usernames that may be meant by the {@code @} at an index, in lower case, the longest first. A username
     * may end with punctuation, and so may a sentence.
     */
    static List<String> at(String text, int index) {
        Matcher matcher = NAME.matcher(text).region(index + 1, text.length());
        if (!matcher.lookingAt()) {
            return List.of();
        }
        int after = Characters.at(text, matcher.end());
        boolean isAddress = after == '@' && Character.isLetterOrDigit(text.charAt(matcher.end() - 1));
        if (isAddress || Characters.isLatinWord(after)) {
            return List.of();
        }
        List<String> names = new ArrayList<>();
        for (String name = matcher.group().toLowerCase(Locale.ROOT); !name.isEmpty(); name = shorter(name)) {
            if (VALID.matcher(name).matches()) {
                names.add(name);
            }
        }
        return names.isEmpty() || isInWord(text, index) ? List.of() : names;
    }

    private static boolean isInWord(String text, int index) {
        int start = index;
        while (start > 0 && "_@\uff20".indexOf(text.charAt(start - 1)) >= 0) {
            start--;
        }
        return Characters.isLatinWord(Characters.before(text, start));
    }

    /** Returns the name without its last character if that is punctuation, or else without its last part. */
    private static String shorter(String name) {
        int last = name.length() - 1;
        if (isPunctuation(name, last)) {
            return name.substring(0, last);
        }
        while (last > 0 && (name.charAt(last - 1) == '.' || !isBoundary(name, last))) {
            last--;
        }
        return name.substring(0, last);
    }

    private static boolean isBoundary(String name, int index) {
        return isPunctuation(name, index) && (name.charAt(index) != '_' || isPunctuation(name, index + 1));
    }

    private static boolean isPunctuation(String name, int index) {
        return index < name.length() && "._-".indexOf(name.charAt(index)) >= 0;
    }
}
