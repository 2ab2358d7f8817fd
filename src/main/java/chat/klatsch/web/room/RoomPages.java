package chat.klatsch.web.room;

import chat.klatsch.account.SignedIn;
import chat.klatsch.core.ChatException;
import chat.klatsch.core.RoomId;
import chat.klatsch.core.User;
import chat.klatsch.inbox.Inboxes;
import chat.klatsch.live.ChatRoomService;
import chat.klatsch.message.Chronicle;
import chat.klatsch.message.History;
import chat.klatsch.message.Message;
import chat.klatsch.room.Doorkeeper;
import chat.klatsch.room.Room;
import chat.klatsch.web.http.Json;
import chat.klatsch.web.http.SignIns;
import chat.klatsch.web.membership.DoorPages;
import chat.klatsch.web.templates.StaticTemplates;
import chat.klatsch.web.view.Html;
import chat.klatsch.web.view.Page;
import chat.klatsch.web.view.Sidebar;
import chat.klatsch.web.view.Site;
import chat.klatsch.web.view.Times;
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

    private final Doorkeeper doorkeeper;
    private final Chronicle chronicle;
    private final ChatRoomService rooms;
    private final Inboxes inboxes;
    private final DoorPages doorPages;
    private final SignIns signIns;
    private final Site site;
    private final StaticTemplates templates = new StaticTemplates();

    public RoomPages(
            Doorkeeper doorkeeper,
            Chronicle chronicle,
            ChatRoomService rooms,
            Inboxes inboxes,
            DoorPages doorPages,
            SignIns signIns,
            Site site) {
        this.doorkeeper = doorkeeper;
        this.chronicle = chronicle;
        this.rooms = rooms;
        this.inboxes = inboxes;
        this.doorPages = doorPages;
        this.signIns = signIns;
        this.site = site;
    }

    public void home(Context context) {
        String path = signIns.of(context).isEmpty() ? site.path("/login") : site.room(RoomId.LOBBY);
        context.redirect(isPutOut(context) ? path + PUT_OUT : path, HttpStatus.SEE_OTHER);
    }

    /** The room's newest messages, or those around the one that it is asked for {@code at}. */
    public void page(Context context) {
        SignedIn signedIn = signIns.require(context);
        RoomId id = roomId(context);
        Optional<Room> room = doorkeeper.roomIfMember(signedIn.user(), id);
        if (room.isPresent()) {
            show(context, signedIn, room.get());
        } else {
            doorPages.outside(context, signedIn.user(), id);
        }
    }

    private void show(Context context, SignedIn signedIn, Room room) {
        User viewer = signedIn.user();
        @Nullable String at = context.queryParam("at");
        if (at == null) {
            History newest = chronicle.newest(room);
            show(context, signedIn, room, newest, Optional.empty(), newest.version());
        } else {
            // Before the messages are read: what changes meanwhile is told twice and not never.
            long version = chronicle.version(room);
            long seq = Json.number(at);
            History around = chronicle.around(room, seq);
            Message linked = around.message(seq).orElseThrow(ChatException::noSuchMessage);
            MessageView view = new MessageView(site, room, linked, viewer, new Times(signedIn.zone()));
            show(context, signedIn, room, around, Optional.of(view), version);
        }
    }

    private void show(
            Context context, SignedIn signedIn, Room room, History history, Optional<MessageView> linked, long cursor) {
        RoomView view = new RoomView(
                new Page(site, room.name(), signedIn.user()),
                new Times(signedIn.zone()),
                room,
                new Sidebar(inboxes.present(doorkeeper.roomsOf(signedIn.user())), Optional.of(room.id())),
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
        User viewer = signIns.require(context).user();
        Optional<Room> room = doorkeeper.roomIfMember(viewer, roomId(context));
        if (room.isEmpty()) {
            context.header("HX-Redirect", site.path("/" + PUT_OUT));
        }
        Html.send(
                context,
                templates.roomLive(site, room.orElseThrow(Room::notFound).id(), 0));
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
        SignedIn signedIn = signIns.require(context);
        Times times = new Times(signedIn.zone());
        Room room = doorkeeper.room(signedIn.user(), roomId(context));
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
                    case "before" -> templates.roomOlder(site, times, room.id(), chronicle.before(room, seq));
                    case "newer" -> templates.roomNewer(site, times, room.id(), chronicle.after(room, seq));
                    case "after" ->
                        templates.roomEntries(
                                site, times, chronicle.after(room, seq).entries(), 0);
                    default ->
                        templates.roomEntries(
                                site, times, chronicle.around(room, seq).entries(), 0);
                });
    }

    private static RoomId roomId(Context context) {
        return new RoomId(context.pathParam("room"));
    }
}
