package chat.klatsch.web.room;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times as people read them, in UTC. */
public final class Times {
    private static final DateTimeFormatter TIME = formatter("HH:mm");
    private static final DateTimeFormatter DAY = formatter("EEEE, d MMMM yyyy");
    private static final DateTimeFormatter DATE = formatter("yyyy-MM-dd");

    private Times() {}

    public static String time(Instant instant) {
        return TIME.format(instant);
    }

    public static String day(Instant instant) {
        return DAY.format(instant);
    }

    /** The day in the form of a {@code datetime} attribute. */
    public static String date(Instant instant) {
        return DATE.format(instant);
    }

    private static DateTimeFormatter formatter(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).withZone(ZoneOffset.UTC);
    }
}
