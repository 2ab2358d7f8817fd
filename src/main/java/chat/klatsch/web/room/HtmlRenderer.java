package chat.klatsch.web.room;

import chat.klatsch.core.RoomId;
import chat.klatsch.live.Renderer;
import chat.klatsch.live.RoomEvent;
import chat.klatsch.web.templates.StaticTemplates;
import chat.klatsch.web.view.Site;
import chat.klatsch.web.view.Times;
import java.time.ZoneId;
import java.util.List;

/** Renders what happens in a room as fragments for htmx to swap in. Thread-safe. */
public final class HtmlRenderer implements Renderer {
    private final Site site;
    private final StaticTemplates templates = new StaticTemplates();

    public HtmlRenderer(Site site) {
        this.site = site;
    }

    @Override
    public String render(RoomId room, ZoneId zone, List<RoomEvent> events) {
        return templates.roomFrame(site, new Times(zone), events).render();
    }
}
