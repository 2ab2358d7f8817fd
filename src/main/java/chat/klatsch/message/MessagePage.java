package chat.klatsch.message;

import java.util.List;
import java.util.Optional;

/** One page of a room's messages in order, and whether there are older and newer ones. */
public record MessagePage(List<LogEntry> entries, boolean olderLeft, boolean newerLeft) {
    public MessagePage {
        entries = List.copyOf(entries);
    }

    /** Returns the sequence number of the first message, or 0 if the page is empty. */
    public long first() {
        return entries.isEmpty() ? 0 : entries.get(0).message().seq();
    }

    /** Returns the sequence number of the last message, or 0 if the page is empty. */
    public long last() {
        return entries.isEmpty() ? 0 : entries.get(entries.size() - 1).message().seq();
    }

    /** Returns the message with this sequence number, if the page has it. */
    public Optional<Message> message(long seq) {
        return entries.stream()
                .map(LogEntry::message)
                .filter(message -> message.seq() == seq)
                .findFirst();
    }

    /** Returns the highest version on the page, the cursor from which a client catches up. */
    public long version() {
        return entries.stream().mapToLong(LogEntry::version).max().orElse(0);
    }
}
