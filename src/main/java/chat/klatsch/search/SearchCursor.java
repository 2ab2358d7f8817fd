package chat.klatsch.search;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.RoomId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where in the order of all messages of all rooms a message is: by time, then by room and number.
 *
 * @param postedAt to the microsecond, as it is stored
 */
public record SearchCursor(Instant postedAt, RoomId room, long seq) {
    private static final Pattern WRITTEN = Pattern.compile("(\\d{1,16})\\.([A-Za-z0-9_-]{1,32})\\.(\\d{1,18})");

    /** As it stands in an address. @throws ChatException MALFORMED for anything else */
    public static SearchCursor of(String written) {
        Matcher matcher = WRITTEN.matcher(written);
        if (!matcher.matches()) {
            throw new ChatException(ChatException.Kind.MALFORMED, "There is no such page of this search.");
        }
        return new SearchCursor(
                Instant.EPOCH.plus(Long.parseLong(matcher.group(1)), ChronoUnit.MICROS),
                new RoomId(matcher.group(2)),
                Long.parseLong(matcher.group(3)));
    }

    /** As it stands in an address. */
    @Override
    public String toString() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, postedAt) + "." + room + "." + seq;
    }
}
