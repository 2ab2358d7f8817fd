package chat.klatsch.message;

import chat.klatsch.core.UserId;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;

/**
 * A message in the room's log. Each post, edit, deletion and reaction raises the room's version by one, and a message
 * stands at the version of its last change. It renders from itself and its predecessor alone, so it looks the same on a
 * page, in a live frame and in history.
 *
 * @param posted the version of its post
 * @param version the version of its last change
 * @param previous the author and time of the message before it; empty for a room's first message
 */
public record LogEntry(Message message, long posted, long version, Optional<Previous> previous) {
    private static final Duration GROUPING_TIME = Duration.ofMinutes(5);

    public record Previous(UserId author, Instant postedAt) {}

    /** Returns this entry with more about its message. */
    public LogEntry with(Message changed) {
        return new LogEntry(changed, posted, version, previous);
    }

    /** Returns whether it is the first message of its day. */
    public boolean newDay(ZoneId zone) {
        return previous.map(before -> !day(before.postedAt(), zone).equals(day(message.postedAt(), zone)))
                .orElse(true);
    }

    /** Returns whether it follows a message of the same author within five minutes, and so needs no name of its own. */
    public boolean continued(ZoneId zone) {
        return !newDay(zone)
                && previous.filter(before ->
                                before.author().equals(message.author().id()))
                        .filter(before -> Duration.between(before.postedAt(), message.postedAt())
                                        .compareTo(GROUPING_TIME)
                                < 0)
                        .isPresent();
    }

    private static LocalDate day(Instant time, ZoneId zone) {
        return LocalDate.ofInstant(time, zone);
    }
}
