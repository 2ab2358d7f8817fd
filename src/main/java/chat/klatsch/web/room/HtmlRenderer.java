package chat.klatsch.web.room;

import chat.klatsch.room.Renderer;
import chat.klatsch.room.RoomEvent;
import chat.klatsch.room.RoomId;
import chat.klatsch.web.Site;
import chat.klatsch.web.templates.StaticTemplates;
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
