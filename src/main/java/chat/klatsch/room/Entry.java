package chat.klatsch.room;

import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message as it stands in the room. How it looks depends on nothing but the message before it, so it
 * is the same on a page, in a live frame and in older history, whichever arrives first.
 *
 * @param newDay it is the first of its day (UTC)
 * @param continued the same author goes on within five minutes; no need to say the name again
 */
public record Entry(Message message, boolean newDay, boolean continued) {
    private static final Duration TOGETHER = Duration.ofMinutes(5);

    /** The messages in their order, each seen after the one before it; {@code previous} is null at a room's beginning. */
    static List<Entry> sequence(@Nullable Message previous, List<Message> messages) {
        List<Entry> entries = new ArrayList<>(messages.size());
        for (Message message : messages) {
            entries.add(after(previous, message));
            previous = message;
        }
        return List.copyOf(entries);
    }

    private static Entry after(@Nullable Message previous, Message message) {
        boolean newDay = previous == null || !day(previous).equals(day(message));
        boolean continued = !newDay
                && previous.author().id().equals(message.author().id())
                && Duration.between(previous.postedAt(), message.postedAt()).compareTo(TOGETHER) < 0;
        return new Entry(message, newDay, continued);
    }

    private static LocalDate day(Message message) {
        return LocalDate.ofInstant(message.postedAt(), ZoneOffset.UTC);
    }
}
