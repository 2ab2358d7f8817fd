package chat.klatsch.web.room;

import chat.klatsch.inbox.InboxRenderer;
import chat.klatsch.inbox.InboxView;
import chat.klatsch.live.Frame;
import chat.klatsch.room.Membership;
import chat.klatsch.text.Texts;
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
    public Frame all(Texts texts, InboxView.Page page, List<Membership> rooms, boolean reset) {
        Site site = site(texts, page);
        return TextFrame.of(list(site, page, rooms) + line(site, page, rooms, reset));
    }

    @Override
    public Frame opened(Texts texts, InboxView.Page page, List<Membership> rooms) {
        Site site = site(texts, page);
        Sidebar sidebar = sidebar(page, rooms);
        String loader = page.room()
                .filter(room -> page.withMessages() && sidebar.hasDraft())
                .map(room -> templates.roomDraftLoader(site, room).render())
                .orElse("");
        // The page may be older than a mark of messages as unread.
        boolean reset = shown(page, rooms)
                .filter(membership -> membership.marker().resets() > 0)
                .isPresent();
        return TextFrame.of(list(site, page, rooms) + line(site, page, rooms, reset) + loader);
    }

    @Override
    public Frame one(Texts texts, InboxView.Page page, Membership room, long unread, boolean reset) {
        Site site = site(texts, page);
        List<Membership> changed = List.of(room);
        String changes = withTitle(site, templates.roomInbox(site, sidebar(page, changed), room), page, unread);
        return TextFrame.of(changes + unread(site, page, changed) + line(site, page, changed, reset));
    }

    /** Renders the line "New" at its other place, if the user has marked messages of the room that the page shows. */
    private String line(Site site, InboxView.Page page, List<Membership> rooms, boolean reset) {
        return shown(page, rooms)
                .filter(membership -> reset)
                .map(membership ->
                        templates.roomReset(site, membership.marker().seq() + 1).render())
                .orElse("");
    }

    /** Renders the number of unread messages of the room that the page shows, above its messages. */
    private String unread(Site site, InboxView.Page page, List<Membership> rooms) {
        return shown(page, rooms)
                .map(membership -> templates
                        .roomUnreadChanged(
                                site,
                                membership.room().id(),
                                membership.unread(),
                                membership.marker().seq() + 1)
                        .render())
                .orElse("");
    }

    @Override
    public String digest(List<Membership> rooms) {
        return new Sidebar(rooms, Optional.empty(), false).digest();
    }

    private String list(Site site, InboxView.Page page, List<Membership> rooms) {
        Sidebar sidebar = sidebar(page, rooms);
        return withTitle(site, templates.roomRoomList(site, sidebar, true), page, sidebar.unread())
                + unread(site, page, rooms)
                + shown(page, rooms)
                        .map(membership -> templates
                                .roomMuted(site, membership.room(), true)
                                .render())
                        .orElse("");
    }

    private String withTitle(Site site, JteModel rooms, InboxView.Page page, long unread) {
        return rooms.render()
                + templates.roomTitle(site.name(), page.title(), unread).render()
                + templates.roomIcon(site, unread > 0, true).render()
                + (page.withMessages() ? "" : templates.inboxChanged().render());
    }

    /** Returns what the user has of the room whose messages the page shows. */
    private static Optional<Membership> shown(InboxView.Page page, List<Membership> rooms) {
        return sidebar(page, rooms).membership().filter(membership -> page.withMessages());
    }

    private static Sidebar sidebar(InboxView.Page page, List<Membership> rooms) {
        Sidebar all = new Sidebar(rooms, page.room(), page.withMessages());
        return page.embedded() ? all.ofCurrent() : all;
    }

    private Site site(Texts texts, InboxView.Page page) {
        return (page.embedded() ? site.embedded() : site).in(texts);
    }
}
