package chat.klatsch.web.room;

import chat.klatsch.live.Roster;
import chat.klatsch.message.MessagePage;
import chat.klatsch.room.Membership;
import chat.klatsch.room.ReadMarker;
import chat.klatsch.room.Room;
import chat.klatsch.web.membership.InvitationLink;
import chat.klatsch.web.view.LocalTimes;
import chat.klatsch.web.view.PageContext;
import chat.klatsch.web.view.Sidebar;
import java.util.List;
import java.util.Optional;

/**
 * The content of a room's page.
 *
 * @param linked the message that the page's address names, shown with the messages around it
 * @param cursor the room's version after which the page receives changes
 * @param names the version of users' names that the page shows
 * @param invitation the link to a room without messages, for its owner
 * @param notice a message for the viewer alone, or empty
 * @param nonce allows the page's scripts, as the response's content security policy names it
 */
public record RoomView(
        PageContext page,
        LocalTimes times,
        Room room,
        Sidebar sidebar,
        MessagePage history,
        Optional<MessageView> linked,
        long cursor,
        long names,
        Roster roster,
        Composer composer,
        OpenForms forms,
        Optional<InvitationLink> invitation,
        String notice,
        String nonce) {
    /** Returns whether the page ends with the newest message and so receives changes. */
    public boolean isLive() {
        return !history.newerLeft();
    }

    /** Returns whether the page asks the owner of a room without messages to invite people. */
    public boolean canInvite() {
        return !page.site().isEmbedded()
                && history.entries().isEmpty()
                && room.isGroup()
                && page.viewer() != null
                && room.isOwnedBy(page.viewer());
    }

    /** Returns the open edits of messages that are not on the page. */
    public List<EditForm> editsElsewhere() {
        return forms.edits().stream()
                .filter(edit -> history.message(edit.view().message().seq()).isEmpty())
                .toList();
    }

    /** Returns the number of messages that the viewer has not read. */
    public long unread() {
        return sidebar.membership().map(Membership::unread).orElse(0L);
    }

    /** Returns how often the viewer has marked messages of the room as unread. */
    public long resets() {
        return sidebar.membership()
                .map(Membership::marker)
                .map(ReadMarker::resets)
                .orElse(0L);
    }

    /** Returns the sequence number of the first message that counts as unread, or 0 if it is not on the page. */
    public long firstNew() {
        return unread() == 0 ? 0 : FirstUnread.on(history, firstUnread(), unread(), page.viewerName());
    }

    /** Returns the sequence number after the last message that the viewer has read. */
    public long firstUnread() {
        return sidebar.membership().map(Membership::marker).map(ReadMarker::seq).orElse(0L) + 1;
    }

    /** Returns {@link #firstUnread} for the pages of older or newer messages, or 0 if it is on this page or nowhere. */
    public long firstUnreadElsewhere() {
        return unread() > 0 && firstNew() == 0 ? firstUnread() : 0;
    }
}
