package chat.klatsch.web.view;

import chat.klatsch.core.TimeStyle;
import chat.klatsch.message.Message;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Formats times as a user sees them. */
public record LocalTimes(TimeStyle style) {
    private static final DateTimeFormatter TIME = formatter("HH:mm");
    private static final DateTimeFormatter TIME_OF_TWELVE = formatter("h:mm a");
    private static final DateTimeFormatter DAY = formatter("EEEE, d MMMM yyyy");
    private static final DateTimeFormatter DATE = formatter("yyyy-MM-dd");
    private static final DateTimeFormatter ZONE = formatter("zzz");

    public ZoneId zone() {
        return style.zone();
    }

    public String time(Instant instant) {
        return (style.twelveHours() ? TIME_OF_TWELVE : TIME).format(instant.atZone(zone()));
    }

    public String day(Instant instant) {
        return DAY.format(instant.atZone(zone()));
    }

    /** Formats the day for a {@code datetime} attribute. */
    public String date(Instant instant) {
        return DATE.format(instant.atZone(zone()));
    }

    /** Formats the day, the time and the name of the zone. */
    public String exact(Instant instant) {
        return day(instant) + ", " + time(instant) + " " + ZONE.format(instant.atZone(zone()));
    }

    /** Names a message by its author and time, for the labels of its buttons. */
    public String about(Message message) {
        return "@" + message.author().username() + ", " + time(message.postedAt());
    }

    private static DateTimeFormatter formatter(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH);
    }
}
