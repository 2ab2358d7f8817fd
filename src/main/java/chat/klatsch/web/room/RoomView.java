package chat.klatsch.web.room;

import chat.klatsch.live.Roster;
import chat.klatsch.message.MessagePage;
import chat.klatsch.room.Membership;
import chat.klatsch.room.Room;
import chat.klatsch.web.view.LocalTimes;
import chat.klatsch.web.view.PageContext;
import chat.klatsch.web.view.Sidebar;
import java.util.Optional;

/**
 * The content of a room's page.
 *
 * @param linked the message that the page's address names, shown with the messages around it
 * @param cursor the room's version after which the page receives changes
 * @param notice a message for the viewer alone, or empty
 */
public record RoomView(
        PageContext page,
        LocalTimes times,
        Room room,
        Sidebar sidebar,
        MessagePage history,
        Optional<MessageView> linked,
        long cursor,
        Roster roster,
        Composer composer,
        String notice) {
    /** Returns whether the page ends with the newest message and so receives changes. */
    public boolean isLive() {
        return !history.newerLeft();
    }

    /** Returns the number of messages that the viewer has not read. */
    public long unread() {
        return sidebar.rooms().stream()
                .filter(membership -> sidebar.isCurrent(membership.room().id()))
                .mapToLong(Membership::unread)
                .sum();
    }

    /** Returns the sequence number of the first unread message, or 0 if there is none or the page links to a message. */
    public long firstNew() {
        if (linked.isPresent()) {
            return 0;
        }
        return unread() > 0 ? history.last() - unread() + 1 : 0;
    }

    /** Returns whether unread messages begin before the first one on the page. */
    public boolean hasNewAbove() {
        return firstNew() > 0 && firstNew() < history.first();
    }
}
