package chat.klatsch.message;

import java.util.List;
import java.util.Optional;

/** A stretch of a room's messages in their order, and whether there are older and newer ones. */
public record MessagePage(List<LogEntry> entries, boolean olderLeft, boolean newerLeft) {
    public MessagePage {
        entries = List.copyOf(entries);
    }

    /** The number of its first message, 0 when it is empty. */
    public long first() {
        return entries.isEmpty() ? 0 : entries.get(0).message().seq();
    }

    /** The number of its last message, 0 when it is empty. */
    public long last() {
        return entries.isEmpty() ? 0 : entries.get(entries.size() - 1).message().seq();
    }

    /** The message with this number, if it is among them. */
    public Optional<Message> message(long seq) {
        return entries.stream()
                .map(LogEntry::message)
                .filter(message -> message.seq() == seq)
                .findFirst();
    }

    /** The version of the room that it shows: nothing in it has changed up to this. */
    public long version() {
        return entries.stream().mapToLong(LogEntry::version).max().orElse(0);
    }
}
