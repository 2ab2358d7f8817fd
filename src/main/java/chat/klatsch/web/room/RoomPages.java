package chat.klatsch.web.room;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.RoomId;
import chat.klatsch.live.ChatRoomService;
import chat.klatsch.message.Message;
import chat.klatsch.message.MessagePage;
import chat.klatsch.message.MessageService;
import chat.klatsch.room.MembershipService;
import chat.klatsch.room.Room;
import chat.klatsch.web.http.ChatRequest;
import chat.klatsch.web.http.FlashMessage;
import chat.klatsch.web.http.Json;
import chat.klatsch.web.membership.InvitationLink;
import chat.klatsch.web.membership.JoinPages;
import chat.klatsch.web.templates.StaticTemplates;
import chat.klatsch.web.view.LocalTimes;
import chat.klatsch.web.view.Sidebar;
import chat.klatsch.web.view.Site;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The page of a room, and its older messages. Thread-safe. */
public final class RoomPages {
    /** The query of the front page for a user who has just been removed from a room. */
    private static final String REMOVED = "out";

    private final MembershipService memberships;
    private final MessageService messageService;
    private final ChatRoomService rooms;
    private final DraftPages drafts;
    private final JoinPages joinPages;
    private final StaticTemplates templates = new StaticTemplates();

    public RoomPages(
            MembershipService memberships,
            MessageService messageService,
            ChatRoomService rooms,
            DraftPages drafts,
            JoinPages joinPages) {
        this.memberships = memberships;
        this.messageService = messageService;
        this.rooms = rooms;
        this.drafts = drafts;
        this.joinPages = joinPages;
    }

    public void home(ChatRequest request) {
        if (request.isHtmx()) {
            String address = request.site().requestedAddress(request.context());
            request.context().header("HX-Redirect", request.site().path(address));
        } else {
            String path = request.isSignedIn()
                    ? "/rooms/" + RoomId.LOBBY
                    : request.site().signInPath();
            request.redirect(isRemoved(request) ? path + "?" + REMOVED : FlashMessage.passedOn(request, path));
        }
    }

    /** The room's newest messages, or those around the message given by {@code at}; the preview for other users. */
    public void page(ChatRequest request) {
        Optional<Room> room = memberships.roomIfMember(request.user(), request.roomId());
        if (room.isPresent()) {
            show(request, room.get());
        } else {
            joinPages.preview(request);
        }
    }

    private void show(ChatRequest request, Room room) {
        // Read before the page's content: a change in between is then sent twice, instead of never.
        long names = rooms.nameVersion();
        Optional<String> at = request.query("at");
        if (at.isEmpty()) {
            MessagePage newest = messageService.newest(room);
            show(request, room, newest, Optional.empty(), newest.version(), names);
        } else {
            long version = messageService.version(room);
            long seq = Json.number(at.get());
            MessagePage around = messageService.around(room, seq);
            Message linked = around.message(seq).orElseThrow(ChatException::noSuchMessage);
            MessageView view = MessageView.of(request, linked).withReactions(messageService);
            show(request, room, around, Optional.of(view), version, names);
        }
    }

    private void show(
            ChatRequest request, Room room, MessagePage page, Optional<MessageView> linked, long cursor, long names) {
        drafts.awaitSaves(request);
        Sidebar sidebar = request.sidebar(room.id());
        request.show(templates.roomPage(new RoomView(
                request.titledPage(request.site().name(room)),
                request.times(),
                room,
                sidebar,
                page,
                linked,
                cursor,
                names,
                rooms.roster(room),
                sidebar.hasDraft() ? drafts.composer(request) : Composer.fresh(request.viewer(), room.id()),
                sidebar.hasDraft() ? drafts.openForms(request) : OpenForms.NONE,
                page.entries().isEmpty() && room.isGroup() && room.isOwnedBy(request.user())
                        ? InvitationLink.of(request, memberships.ownership(request.user(), room))
                        : Optional.empty(),
                notice(request),
                sidebar.nonce())));
    }

    /**
     * The element that holds the live connection, for a page that lost its own. The page of a user who was removed says
     * so, and leads to the front page unless it has text in it.
     */
    public void connection(ChatRequest request) {
        Optional<Room> room = memberships.roomIfMember(request.user(), request.roomId());
        if (room.isEmpty() && request.isHtmx()) {
            request.context().header("HX-Reswap", "none");
            Site site = request.site();
            Optional<String> home = Optional.of(site.path("/?" + REMOVED)).filter(address -> !site.isEmbedded());
            request.refuse(ChatException.roomNotFound(), reason -> templates.roomRemoved(site, home));
        } else {
            RoomId id = room.orElseThrow(ChatException::roomNotFound).id();
            boolean past = request.query("past").isPresent();
            request.show(templates.roomReconnect(request.site(), request.viewer(), id, past));
        }
    }

    /** The element that holds the connection of a page that shows no room, for one that lost its own. */
    public void listConnection(ChatRequest request) {
        request.show(templates.inboxReconnect(request.site(), request.viewer()));
    }

    /** The names of the last days, which an open page asks for after midnight. */
    public void days(ChatRequest request) {
        String path = request.site().room(request.room().id()) + "/days";
        request.show(templates.roomDays(path, request.times(), true));
    }

    private static String notice(ChatRequest request) {
        return isRemoved(request)
                ? request.text("room.removed.from")
                : request.titledPage("").notice().orElse("");
    }

    private static boolean isRemoved(ChatRequest request) {
        return REMOVED.equals(request.context().queryString());
    }

    /** A page of messages {@code before}, {@code after} or {@code around} a sequence number. */
    public void history(ChatRequest request) {
        Room room = request.room();
        LocalTimes times = request.times();
        List<String> given = Stream.of("before", "after", "around", "newer")
                .filter(name -> request.query(name).isPresent())
                .toList();
        if (given.size() != 1) {
            throw new ChatException(ChatException.Kind.MALFORMED, "refusal.history.parameters");
        }
        long seq = Json.number(request.query(given.get(0)).orElseThrow());
        long unread = Json.number(request.query("unread").orElse("0"));
        request.show(
                switch (given.get(0)) {
                    case "before" -> {
                        MessagePage page = messageService.before(room, seq);
                        long firstNew = FirstUnread.on(page, unread, request.viewer());
                        yield templates.roomOlder(
                                request.site(), times, room.id(), page, firstNew, firstNew == 0 ? unread : 0);
                    }
                    case "newer" -> {
                        MessagePage page = messageService.after(room, seq);
                        long firstNew = FirstUnread.on(page, unread, request.viewer());
                        yield templates.roomNewer(
                                request.site(), times, room.id(), page, firstNew, firstNew == 0 ? unread : 0);
                    }
                    case "after" ->
                        templates.roomEntries(
                                request.site(),
                                times,
                                messageService.after(room, seq).entries(),
                                0,
                                request.viewer(),
                                OpenForms.NONE);
                    default ->
                        templates.roomEntries(
                                request.site(),
                                times,
                                messageService.around(room, seq).entries(),
                                0,
                                request.viewer(),
                                OpenForms.NONE);
                });
    }
}
