package chat.klatsch.web.room;

import chat.klatsch.inbox.InboxRenderer;
import chat.klatsch.live.Frame;
import chat.klatsch.room.Membership;
import chat.klatsch.room.Room;
import chat.klatsch.web.socket.TextFrame;
import chat.klatsch.web.templates.StaticTemplates;
import chat.klatsch.web.view.Sidebar;
import chat.klatsch.web.view.Site;
import gg.jte.models.runtime.JteModel;
import java.util.List;
import java.util.Optional;

/** Renders a user's room list, and the page title with the number of unread messages, as HTML fragments. Thread-safe. */
public final class HtmlInboxRenderer implements InboxRenderer {
    private final Site site;
    private final StaticTemplates templates = new StaticTemplates();

    public HtmlInboxRenderer(Site site) {
        this.site = site;
    }

    @Override
    public Frame all(Room shown, List<Membership> rooms, boolean reset) {
        Sidebar sidebar = sidebar(shown, rooms);
        return TextFrame.of(list(shown, sidebar) + line(sidebar, reset));
    }

    @Override
    public Frame opened(Room shown, List<Membership> rooms) {
        Sidebar sidebar = sidebar(shown, rooms);
        String loader =
                sidebar.hasDraft() ? templates.roomDraftLoader(site, shown.id()).render() : "";
        return TextFrame.of(list(shown, sidebar) + loader);
    }

    @Override
    public Frame one(Room shown, Membership room, long unread, boolean reset) {
        Sidebar changed = sidebar(shown, List.of(room));
        String changes = withTitle(templates.roomInbox(site, changed, room), shown, unread);
        return TextFrame.of(changes + unread(changed) + line(changed, reset));
    }

    /** Renders the line "New" at its other place, if the user has marked messages of the room that the page shows. */
    private String line(Sidebar sidebar, boolean reset) {
        return sidebar.shown()
                .filter(membership -> reset)
                .map(membership ->
                        templates.roomReset(membership.marker().seq() + 1).render())
                .orElse("");
    }

    /** Renders the number of unread messages of the room that the page shows, above its messages. */
    private String unread(Sidebar sidebar) {
        return sidebar.shown()
                .map(membership -> templates
                        .roomUnread(
                                site,
                                membership.room().id(),
                                membership.unread(),
                                membership.marker().seq() + 1,
                                false,
                                "",
                                true)
                        .render())
                .orElse("");
    }

    @Override
    public String digest(List<Membership> rooms) {
        return new Sidebar(rooms, Optional.empty()).digest();
    }

    private String list(Room shown, Sidebar sidebar) {
        return withTitle(templates.roomRoomList(site, sidebar, true), shown, sidebar.unread())
                + unread(sidebar)
                + templates.roomMuted(shown, true).render();
    }

    private String withTitle(JteModel rooms, Room shown, long unread) {
        return rooms.render()
                + templates.roomTitle(site.name(), shown.name(), unread).render()
                + templates.roomIcon(site, unread > 0, true).render();
    }

    private static Sidebar sidebar(Room shown, List<Membership> rooms) {
        return new Sidebar(rooms, Optional.of(shown.id()));
    }
}
