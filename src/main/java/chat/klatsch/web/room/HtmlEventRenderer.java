package chat.klatsch.web.room;

import chat.klatsch.live.EventRenderer;
import chat.klatsch.live.Frame;
import chat.klatsch.live.RoomEvent;
import chat.klatsch.web.socket.TextFrame;
import chat.klatsch.web.templates.StaticTemplates;
import chat.klatsch.web.view.LocalTimes;
import chat.klatsch.web.view.Site;
import gg.jte.TemplateOutput;
import gg.jte.output.StringOutput;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Renders room events as HTML fragments that htmx swaps into the page. Thread-safe. */
public final class HtmlEventRenderer implements EventRenderer {
    private final Site site;
    private final Clock clock;
    private final StaticTemplates templates = new StaticTemplates();

    public HtmlEventRenderer(Site site, Clock clock) {
        this.site = site;
        this.clock = clock;
    }

    @Override
    public Frame render(Style style, List<RoomEvent> events) {
        TemplateOutput output = new StringOutput();
        RoomEvent.Visitor fragments = new Fragments(
                templates,
                (style.embedded() ? site.embedded() : site).in(style.reader().texts()),
                new LocalTimes(style.reader(), clock.instant()),
                output);
        events.forEach(event -> event.accept(fragments));
        return TextFrame.of(output.toString(), events.stream().anyMatch(HtmlEventRenderer::isAmendment));
    }

    private static boolean isAmendment(RoomEvent event) {
        return event instanceof RoomEvent.NamesChanged
                || event instanceof RoomEvent.MessagesChanged changed
                        && !changed.entries().stream().allMatch(changed::isNew);
    }

    /** Writes each event's fragments to one output. */
    private record Fragments(StaticTemplates templates, Site site, LocalTimes times, TemplateOutput output)
            implements RoomEvent.Visitor {
        @Override
        public void messagesChanged(RoomEvent.MessagesChanged event) {
            templates.roomMessagesChanged(site, times, event).render(output);
        }

        @Override
        public void roomChanged(RoomEvent.RoomChanged event) {
            templates.roomName(event.name(), Optional.empty(), true).render(output);
            templates.roomRoomName(site, event.kind(), event.name(), true, true).render(output);
        }

        @Override
        public void presenceChanged(RoomEvent.PresenceChanged event) {
            templates.roomPresence(site, event.roster(), true).render(output);
            templates.roomMembers(site, event.roster(), true).render(output);
        }

        @Override
        public void namesChanged(RoomEvent.NamesChanged event) {
            templates.roomNamesChanged(site, event).render(output);
        }

        @Override
        public void typingChanged(RoomEvent.TypingChanged event) {
            templates.roomTyping(site, event.users(), true).render(output);
        }
    }
}
