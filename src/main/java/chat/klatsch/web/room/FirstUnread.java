package chat.klatsch.web.room;

import chat.klatsch.message.LogEntry;
import chat.klatsch.message.Message;
import chat.klatsch.message.MessagePage;
import java.util.List;

/** Finds the first message that counts as unread, before which a page has the line "New". */
final class FirstUnread {
    private FirstUnread() {}

    /**
     * Returns the sequence number of the first unread message, or 0 if it is not on the page.
     *
     * @param after the lowest sequence number that is not read, of a message that may not count
     * @param unread the number of unread messages in the room
     */
    static long on(MessagePage page, long after, long unread, String viewer) {
        List<Long> counted = page.entries().stream()
                .map(LogEntry::message)
                .filter(message -> message.seq() >= after && !message.isDeleted())
                .filter(message -> !message.author().username().equals(viewer))
                .map(Message::seq)
                .toList();
        boolean beginsOnPage = page.first() <= after || !page.newerLeft() && counted.size() >= unread;
        return beginsOnPage ? counted.stream().findFirst().orElse(0L) : 0;
    }

    /** Returns the same for a page that is loaded into another one. */
    static long on(MessagePage page, long after, String viewer) {
        return after == 0 ? 0 : on(page, after, Long.MAX_VALUE, viewer);
    }
}
