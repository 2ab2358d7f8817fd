package chat.klatsch.web.view;

import chat.klatsch.core.TimeStyle;
import chat.klatsch.message.Message;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Formats times as a user sees them.
 *
 * @param now the time of the page or frame, by which days have names
 */
public record LocalTimes(TimeStyle style, Instant now) {
    private static final int DAYS_OF_A_WEEK = 7;

    /** A day that has a name, and its date. */
    public record NamedDay(String date, String name) {}

    private static final DateTimeFormatter TIME = formatter("HH:mm");
    private static final DateTimeFormatter TIME_OF_TWELVE = formatter("h:mm a");
    private static final DateTimeFormatter DAY = formatter("EEEE, d MMMM yyyy");
    private static final DateTimeFormatter WEEKDAY = formatter("EEEE");
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

    /** Formats the day as Today, Yesterday, the day of the week within a week, or like {@link #day}. */
    public String dayName(Instant instant) {
        return dayName(LocalDate.ofInstant(instant, zone()));
    }

    private String dayName(LocalDate day) {
        long ago = ChronoUnit.DAYS.between(day, today());
        if (ago == 0) {
            return "Today";
        } else if (ago == 1) {
            return "Yesterday";
        }
        return (ago > 0 && ago < DAYS_OF_A_WEEK ? WEEKDAY : DAY).format(day);
    }

    /** Returns the days whose names change at midnight, as they are called now. */
    public List<NamedDay> namedDays() {
        return IntStream.rangeClosed(0, DAYS_OF_A_WEEK)
                .mapToObj(ago -> today().minusDays(ago))
                .map(day -> new NamedDay(DATE.format(day), dayName(day)))
                .toList();
    }

    public long secondsToMidnight() {
        ZonedDateTime midnight = today().plusDays(1).atStartOfDay(zone());
        return ChronoUnit.SECONDS.between(now, midnight.toInstant()) + 1;
    }

    private LocalDate today() {
        return LocalDate.ofInstant(now, zone());
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
        return message.author().handle() + ", " + time(message.postedAt());
    }

    private static DateTimeFormatter formatter(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH);
    }
}
