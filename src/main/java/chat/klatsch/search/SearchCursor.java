package chat.klatsch.search;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.RoomId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The position of a message among the messages of all rooms, ordered by time, then room and sequence number.
 *
 * @param postedAt with the microsecond precision of the database
 */
public record SearchCursor(Instant postedAt, RoomId room, long seq) {
    private static final Pattern FORM = Pattern.compile("(\\d{1,16})\\.([A-Za-z0-9_-]{1,32})\\.(\\d{1,18})");

    /** Parses the form that {@link #toString} writes into URLs. @throws ChatException MALFORMED for anything else */
    public static SearchCursor of(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new ChatException(ChatException.Kind.MALFORMED, "refusal.results.page");
        }
        return new SearchCursor(
                Instant.EPOCH.plus(Long.parseLong(matcher.group(1)), ChronoUnit.MICROS),
                new RoomId(matcher.group(2)),
                Long.parseLong(matcher.group(3)));
    }

    @Override
    public String toString() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, postedAt) + "." + room + "." + seq;
    }
}
