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
 * All that a room's page shows.
 *
 * @param linked the message that the page was asked for, in the middle of the others
 * @param cursor the version of the room from which on the page wants to be told of changes
 * @param notice something to tell this person alone, or empty
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
    /** Whether it shows the room as it is now; the past is brought up to the present page by page first. */
    public boolean isLive() {
        return !history.newerLeft();
    }

    /** How many messages this viewer has not seen. */
    public long unread() {
        return sidebar.rooms().stream()
                .filter(membership -> sidebar.isCurrent(membership.room().id()))
                .mapToLong(Membership::unread)
                .sum();
    }

    /** The first message that this viewer has not seen, 0 when there is none. */
    public long firstNew() {
        if (linked.isPresent()) {
            return 0;
        }
        return unread() > 0 ? history.last() - unread() + 1 : 0;
    }

    public boolean newsIsFurtherUp() {
        return firstNew() > 0 && firstNew() < history.first();
    }
}
