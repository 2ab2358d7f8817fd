package chat.klatsch.message;

import chat.klatsch.core.UserId;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;

/**
 * A message as it stands in the room's log. The log's versions rise by one with every post, edit, deletion and reaction;
 * a message is found under the version of its last change. How it looks depends on nothing but itself and
 * the message before it, so it is the same on a page, in a live frame and in older history, whichever arrives first.
 *
 * @param posted the version with which it came
 * @param version the version with which it became what it is now
 * @param previous who wrote the message before it, and when; empty at a room's beginning
 */
public record LogEntry(Message message, long posted, long version, Optional<Previous> previous) {
    private static final Duration TOGETHER = Duration.ofMinutes(5);

    public record Previous(UserId author, Instant postedAt) {}

    /** Whether it is the first of its day. */
    public boolean newDay(ZoneId zone) {
        return previous.map(before -> !day(before.postedAt(), zone).equals(day(message.postedAt(), zone)))
                .orElse(true);
    }

    /** Whether the same author goes on within five minutes; there is no need to say the name again. */
    public boolean continued(ZoneId zone) {
        return !newDay(zone)
                && previous.filter(before ->
                                before.author().equals(message.author().id()))
                        .filter(before -> Duration.between(before.postedAt(), message.postedAt())
                                        .compareTo(TOGETHER)
                                < 0)
                        .isPresent();
    }

    private static LocalDate day(Instant time, ZoneId zone) {
        return LocalDate.ofInstant(time, zone);
    }
}
