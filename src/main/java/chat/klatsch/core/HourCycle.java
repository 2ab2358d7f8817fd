package chat.klatsch.core;

import java.time.chrono.IsoChronology;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.FormatStyle;
import java.util.Arrays;
import java.util.Locale;

/** The choice between times of 12 and of 24 hours. */
public enum HourCycle {
    /** As the user's language has it. */
    AUTO("auto"),
    TWELVE("12"),
    TWENTY_FOUR("24");

    private static final int MAX_TAG_LENGTH = 35;

    private final String code;

    HourCycle(String code) {
        this.code = code;
    }

    /** Returns the name in forms and in the database. */
    public String code() {
        return code;
    }

    /** Returns the one with this name; AUTO for any other text. */
    public static HourCycle named(String code) {
        return Arrays.stream(values())
                .filter(cycle -> cycle.code.equals(code))
                .findFirst()
                .orElse(AUTO);
    }

    /** Returns whether there are 12 hours. @param languages the value of an Accept-Language header, or empty */
    public boolean isTwelve(String languages) {
        return this == AUTO ? hasTwelve(languages) : this == TWELVE;
    }

    private static boolean hasTwelve(String languages) {
        String tag = languages.split("[,;]", 2)[0].strip();
        if (tag.length() > MAX_TAG_LENGTH) {
            return false;
        }
        String pattern = DateTimeFormatterBuilder.getLocalizedDateTimePattern(
                null, FormatStyle.SHORT, IsoChronology.INSTANCE, Locale.forLanguageTag(tag));
        return pattern.contains("h") || pattern.contains("K");
    }
}
