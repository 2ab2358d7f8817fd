package chat.klatsch.web.room;

import chat.klatsch.account.Session;
import chat.klatsch.core.ChatException;
import chat.klatsch.core.RoomId;
import chat.klatsch.core.User;
import chat.klatsch.inbox.InboxService;
import chat.klatsch.live.ChatRoomService;
import chat.klatsch.message.Message;
import chat.klatsch.message.MessagePage;
import chat.klatsch.message.MessageService;
import chat.klatsch.room.MembershipService;
import chat.klatsch.room.Room;
import chat.klatsch.web.http.Json;
import chat.klatsch.web.http.Sessions;
import chat.klatsch.web.membership.RoomListPages;
import chat.klatsch.web.templates.StaticTemplates;
import chat.klatsch.web.view.Html;
import chat.klatsch.web.view.LocalTimes;
import chat.klatsch.web.view.PageContext;
import chat.klatsch.web.view.Sidebar;
import chat.klatsch.web.view.Site;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A room as a page, and its older messages. Thread-safe. */
public final class RoomPages {
    /** Leads somebody to the front page who has just been put out of a room. */
    private static final String PUT_OUT = "?out";

    private final MembershipService memberships;
    private final MessageService messageService;
    private final ChatRoomService rooms;
    private final InboxService inboxes;
    private final RoomListPages roomListPages;
    private final Sessions sessions;
    private final Site site;
    private final StaticTemplates templates = new StaticTemplates();

    public RoomPages(
            MembershipService memberships,
            MessageService messageService,
            ChatRoomService rooms,
            InboxService inboxes,
            RoomListPages roomListPages,
            Sessions sessions,
            Site site) {
        this.memberships = memberships;
        this.messageService = messageService;
        this.rooms = rooms;
        this.inboxes = inboxes;
        this.roomListPages = roomListPages;
        this.sessions = sessions;
        this.site = site;
    }

    public void home(Context context) {
        String path = sessions.of(context).isEmpty() ? site.path("/login") : site.room(RoomId.LOBBY);
        context.redirect(isPutOut(context) ? path + PUT_OUT : path, HttpStatus.SEE_OTHER);
    }

    /** The room's newest messages, or those around the one that it is asked for {@code at}. */
    public void page(Context context) {
        Session session = sessions.require(context);
        RoomId id = roomId(context);
        Optional<Room> room = memberships.roomIfMember(session.user(), id);
        if (room.isPresent()) {
            show(context, session, room.get());
        } else {
            roomListPages.outside(context, session.user(), id);
        }
    }

    private void show(Context context, Session session, Room room) {
        User viewer = session.user();
        @Nullable String at = context.queryParam("at");
        if (at == null) {
            MessagePage newest = messageService.newest(room);
            show(context, session, room, newest, Optional.empty(), newest.version());
        } else {
            // Before the messages are read: what changes meanwhile is told twice and not never.
            long version = messageService.version(room);
            long seq = Json.number(at);
            MessagePage around = messageService.around(room, seq);
            Message linked = around.message(seq).orElseThrow(ChatException::noSuchMessage);
            MessageView view = new MessageView(site, room, linked, viewer, new LocalTimes(session.zone()));
            show(context, session, room, around, Optional.of(view), version);
        }
    }

    private void show(
            Context context,
            Session session,
            Room room,
            MessagePage history,
            Optional<MessageView> linked,
            long cursor) {
        RoomView view = new RoomView(
                new PageContext(site, room.name(), session.user()),
                new LocalTimes(session.zone()),
                room,
                new Sidebar(inboxes.present(memberships.roomsOf(session.user())), Optional.of(room.id())),
                history,
                linked,
                cursor,
                rooms.roster(room),
                Composer.fresh(room.id()),
                notice(context, room));
        Html.send(context, templates.roomPage(view));
    }

    /**
     * The element that holds the live connection, for a page whose connection has gone silent. Whoever does not belong
     * there any more is led away.
     */
    public void connection(Context context) {
        User viewer = sessions.require(context).user();
        Optional<Room> room = memberships.roomIfMember(viewer, roomId(context));
        if (room.isEmpty()) {
            context.header("HX-Redirect", site.path("/" + PUT_OUT));
        }
        Html.send(
                context,
                templates.roomLive(
                        site, room.orElseThrow(ChatException::roomNotFound).id(), 0));
    }

    private static String notice(Context context, Room room) {
        if (isPutOut(context)) {
            return "You do not belong to that room any more, or it has been deleted.";
        }
        return room.muted() ? Room.readsOnly().reason() : "";
    }

    private static boolean isPutOut(Context context) {
        return PUT_OUT.substring(1).equals(context.queryString());
    }

    /** A stretch of history: {@code before} or {@code after} a place in the room, or {@code around} it. */
    public void history(Context context) {
        Session session = sessions.require(context);
        LocalTimes times = new LocalTimes(session.zone());
        Room room = memberships.room(session.user(), roomId(context));
        List<String> asked = Stream.of("before", "after", "around", "newer")
                .filter(name -> context.queryParam(name) != null)
                .toList();
        if (asked.size() != 1) {
            throw new ChatException(ChatException.Kind.MALFORMED, "Say either before, after or around which message.");
        }
        long seq = Json.number(Objects.requireNonNull(context.queryParam(asked.get(0))));
        Html.send(
                context,
                switch (asked.get(0)) {
                    case "before" -> templates.roomOlder(site, times, room.id(), messageService.before(room, seq));
                    case "newer" -> templates.roomNewer(site, times, room.id(), messageService.after(room, seq));
                    case "after" ->
                        templates.roomEntries(
                                site, times, messageService.after(room, seq).entries(), 0);
                    default ->
                        templates.roomEntries(
                                site, times, messageService.around(room, seq).entries(), 0);
                });
    }

    private static RoomId roomId(Context context) {
        return new RoomId(context.pathParam("room"));
    }
}
