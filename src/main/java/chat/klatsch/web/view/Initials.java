package chat.klatsch.web.view;

import chat.klatsch.core.User;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The letters and the colour of a user without an avatar.
 *
 * @param letters the first letter of the display name's first word and, in scripts with capitals, of its last word
 * @param hue the number of a colour that depends on the username only
 */
public record Initials(String letters, int hue) {
    /** The number of colours, for each of which the style sheet has a class. */
    public static final int HUES = 12;

    private static final int DEGREES = 360;

    public static Initials of(User user) {
        int hue = Math.floorMod(user.username().toLowerCase(Locale.ROOT).hashCode() * 31, HUES);
        return new Initials(letters(user.displayName()), hue);
    }

    /** Returns the colour as an angle. */
    public int degrees() {
        return hue * DEGREES / HUES;
    }

    private static String letters(String name) {
        List<String> first = Stream.of(name.strip().split("\\s+"))
                .flatMap(word -> word.codePoints()
                        .filter(Character::isLetterOrDigit)
                        .limit(1)
                        .mapToObj(letter -> Character.toString(letter).toUpperCase(Locale.ROOT)))
                .toList();
        if (first.isEmpty()) {
            return name.codePoints()
                    .limit(1)
                    .mapToObj(Character::toString)
                    .findFirst()
                    .orElse("?");
        }
        String last = first.get(first.size() - 1);
        boolean both = first.size() > 1 && isCapital(first.get(0)) && isCapital(last);
        return both ? first.get(0) + last : first.get(0);
    }

    private static boolean isCapital(String letter) {
        return Character.isUpperCase(letter.codePointAt(0));
    }
}
