package chat.klatsch.web.room;

import chat.klatsch.inbox.InboxRenderer;
import chat.klatsch.inbox.InboxView;
import chat.klatsch.live.Frame;
import chat.klatsch.room.Membership;
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
    public Frame all(InboxView.Page page, List<Membership> rooms) {
        return TextFrame.of(list(page, sidebar(page, rooms)));
    }

    @Override
    public Frame opened(InboxView.Page page, List<Membership> rooms) {
        Sidebar sidebar = sidebar(page, rooms);
        String loader = page.room()
                .filter(room -> page.withMessages() && sidebar.hasDraft())
                .map(room -> templates.roomDraftLoader(site, room).render())
                .orElse("");
        return TextFrame.of(list(page, sidebar) + loader);
    }

    @Override
    public Frame one(InboxView.Page page, Membership room, long unread) {
        return TextFrame.of(withTitle(templates.roomInbox(site, sidebar(page, List.of()), room), page, unread));
    }

    @Override
    public String digest(List<Membership> rooms) {
        return new Sidebar(rooms, Optional.empty()).digest();
    }

    private String list(InboxView.Page page, Sidebar sidebar) {
        return withTitle(templates.roomRoomList(site, sidebar, true), page, sidebar.unread());
    }

    private String withTitle(JteModel rooms, InboxView.Page page, long unread) {
        return rooms.render() + templates.roomTitle(page.title(), unread).render();
    }

    private static Sidebar sidebar(InboxView.Page page, List<Membership> rooms) {
        return new Sidebar(rooms, page.room());
    }
}
