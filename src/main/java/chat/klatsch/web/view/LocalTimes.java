package chat.klatsch.web.view;

import chat.klatsch.core.ReaderStyle;
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
public record LocalTimes(ReaderStyle style, Instant now) {
    private static final int DAYS_OF_A_WEEK = 7;

    /** A day that has a name, and its date. */
    public record NamedDay(String date, String name) {}

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyy-MM-dd", Locale.ROOT);

    public ZoneId zone() {
        return style.zone();
    }

    public String time(Instant instant) {
        return style.texts().times(style.twelveHours() ? "time.12" : "time.24").format(instant.atZone(zone()));
    }

    public String day(Instant instant) {
        return style.texts().times("day").format(instant.atZone(zone()));
    }

    /** Formats the day as Today, Yesterday, the day of the week within a week, or like {@link #day}. */
    public String dayName(Instant instant) {
        return dayName(LocalDate.ofInstant(instant, zone()));
    }

    private String dayName(LocalDate day) {
        long ago = ChronoUnit.DAYS.between(day, today());
        if (ago == 0) {
            return text("day.today");
        } else if (ago == 1) {
            return text("day.yesterday");
        }
        return style.texts()
                .times(ago > 0 && ago < DAYS_OF_A_WEEK ? "day.of.week" : "day")
                .format(day);
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
        String zone = style.texts().times("time.zone").format(instant.atZone(zone()));
        return text("time.exact", day(instant), time(instant), zone);
    }

    /** Names a message by its author and time, for the labels of its buttons. */
    public String about(Message message) {
        return text("message.about", message.author().handleIn(style.texts()), time(message.postedAt()));
    }

    /** Returns a text in the reader's language. */
    public String text(String key, Object... arguments) {
        return style.texts().of(key, arguments);
    }
}
