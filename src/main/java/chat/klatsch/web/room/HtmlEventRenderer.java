package chat.klatsch.web.room;

import chat.klatsch.core.RoomId;
import chat.klatsch.live.EventRenderer;
import chat.klatsch.live.RoomEvent;
import chat.klatsch.web.templates.StaticTemplates;
import chat.klatsch.web.view.LocalTimes;
import chat.klatsch.web.view.Site;
import java.time.ZoneId;
import java.util.List;

/** Renders what happens in a room as fragments for htmx to swap in. Thread-safe. */
public final class HtmlEventRenderer implements EventRenderer {
    private final Site site;
    private final StaticTemplates templates = new StaticTemplates();

    public HtmlEventRenderer(Site site) {
        this.site = site;
    }

    @Override
    public String render(RoomId room, ZoneId zone, List<RoomEvent> events) {
        return templates.roomFrame(site, new LocalTimes(zone), events).render();
    }
}
