package chat.klatsch.room;

import java.util.List;

/** A stretch of a room's messages in their order, and whether older ones come before it. */
public record History(List<Entry> entries, boolean olderLeft) {
    public History {
        entries = List.copyOf(entries);
    }

    /** The place of its first message, 0 when it is empty. */
    public long first() {
        return entries.isEmpty() ? 0 : entries.get(0).message().seq();
    }

    /** The place of its last message, 0 when it is empty. */
    public long last() {
        return entries.isEmpty() ? 0 : entries.get(entries.size() - 1).message().seq();
    }
}
