package chat.klatsch.web.room;

import chat.klatsch.core.User;
import chat.klatsch.live.Roster;
import chat.klatsch.message.LogEntry;
import chat.klatsch.message.Message;
import chat.klatsch.message.MessagePage;
import chat.klatsch.room.Membership;
import chat.klatsch.room.Room;
import chat.klatsch.web.view.LocalTimes;
import chat.klatsch.web.view.PageContext;
import chat.klatsch.web.view.Sidebar;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The content of a room's page.
 *
 * @param linked the message that the page's address names, shown with the messages around it
 * @param cursor the room's version after which the page receives changes
 * @param names the version of users' names that the page shows
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
        String notice,
        String nonce) {
    /** Returns whether the page ends with the newest message and so receives changes. */
    public boolean isLive() {
        return !history.newerLeft();
    }

    /** Returns the open edits of messages that are not on the page. */
    public List<EditForm> editsElsewhere() {
        return forms.edits().stream()
                .filter(edit -> history.message(edit.view().message().seq()).isEmpty())
                .toList();
    }

    /** Returns the number of messages that the viewer has not read. */
    public long unread() {
        return membership().map(Membership::unread).orElse(0L);
    }

    /**
     * Returns the sequence number of the first message that counts as unread, or 0 if there is none on the page or the
     * page links to a message.
     */
    public long firstNew() {
        return hasNewAbove() ? 0 : unreadOnPage().map(Message::seq).findFirst().orElse(0L);
    }

    /** Returns whether unread messages begin before the first one on the page. */
    public boolean hasNewAbove() {
        return linked.isEmpty()
                && unread() > 0
                && firstUnread() < history.first()
                && unreadOnPage().count() < unread();
    }

    /** Returns the sequence number after the last message that the viewer has read. */
    public long firstUnread() {
        return membership().map(Membership::read).orElse(0L) + 1;
    }

    private Stream<Message> unreadOnPage() {
        long first = firstUnread();
        return history.entries().stream()
                .map(LogEntry::message)
                .filter(message -> linked.isEmpty() && unread() > 0)
                .filter(message -> message.seq() >= first && !message.isDeleted())
                .filter(message -> !isViewer(message.author()));
    }

    private boolean isViewer(User author) {
        return page.viewer() != null && author.id().equals(page.viewer().id());
    }

    private Optional<Membership> membership() {
        return sidebar.rooms().stream()
                .filter(membership -> sidebar.isCurrent(membership.room().id()))
                .findFirst();
    }
}
