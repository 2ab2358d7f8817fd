package chat.klatsch.web.room;

import chat.klatsch.inbox.InboxRenderer;
import chat.klatsch.room.Membership;
import chat.klatsch.room.Room;
import chat.klatsch.web.templates.StaticTemplates;
import chat.klatsch.web.view.Sidebar;
import chat.klatsch.web.view.Site;
import java.util.List;
import java.util.Optional;

/** Renders the list of a person's rooms, and the title that says how much is unread. Thread-safe. */
public final class HtmlInboxRenderer implements InboxRenderer {
    private final Site site;
    private final StaticTemplates templates = new StaticTemplates();

    public HtmlInboxRenderer(Site site) {
        this.site = site;
    }

    @Override
    public String all(Room shown, List<Membership> rooms) {
        Sidebar sidebar = sidebar(shown, rooms);
        return templates.roomRoomList(site, sidebar, true).render() + title(shown, sidebar.unread());
    }

    @Override
    public String one(Room shown, Membership room, long unread) {
        return templates.roomInbox(site, sidebar(shown, List.of()), room).render() + title(shown, unread);
    }

    @Override
    public String digest(List<Membership> rooms) {
        return new Sidebar(rooms, Optional.empty()).digest();
    }

    private String title(Room shown, long unread) {
        return templates.roomTitle(shown.name(), unread).render();
    }

    private static Sidebar sidebar(Room shown, List<Membership> rooms) {
        return new Sidebar(rooms, Optional.of(shown.id()));
    }
}
