package chat.klatsch.web.room;

import chat.klatsch.core.RoomId;
import chat.klatsch.inbox.InboxService;
import chat.klatsch.inbox.SeenRange;
import chat.klatsch.message.Message;
import chat.klatsch.message.MessageService;
import chat.klatsch.room.MembershipService;
import chat.klatsch.web.http.ChatRequest;
import chat.klatsch.web.templates.StaticTemplates;
import chat.klatsch.web.view.Sidebar;
import io.javalin.http.HttpStatus;
import java.util.Optional;
import java.util.OptionalLong;

/** Marks messages as read and as unread, and counts them. Thread-safe. */
public final class ReadPages {
    private final MembershipService memberships;
    private final InboxService inboxes;
    private final MessageService messages;
    private final StaticTemplates templates = new StaticTemplates();

    public ReadPages(MembershipService memberships, InboxService inboxes, MessageService messages) {
        this.memberships = memberships;
        this.inboxes = inboxes;
        this.messages = messages;
    }

    /** Marks as read all messages up to one, or the whole room. */
    public void read(ChatRequest request) {
        OptionalLong last = request.number("read");
        inboxes.markReadNow(request.room().id(), request.user(), SeenRange.upTo(last.orElse(Long.MAX_VALUE)));
        if (request.isHtmx()) {
            RoomId room = request.roomId();
            Sidebar sidebar =
                    new Sidebar(inboxes.withPresence(memberships.roomsOf(request.user())), Optional.of(room), true);
            request.show(templates.roomMarkedRead(
                    request.site(), sidebar, sidebar.membership().orElseThrow(), last.isEmpty()));
        } else {
            request.redirect(request.roomId(), "");
        }
    }

    /** The number of unread messages, as an element for a page of the host: nothing without any, or without a session. */
    public void count(ChatRequest request) {
        request.show(templates.inboxUnread(
                request.site(),
                request.isSignedIn() ? inboxes.unread(request.user().id()) : 0));
    }

    /** Marks a message and all later ones as unread. */
    public void unread(ChatRequest request) {
        Message message = messages.message(request.room(), request.seq());
        inboxes.markUnread(request.room(), request.user(), message.seq());
        if (request.isHtmx()) {
            request.context().status(HttpStatus.NO_CONTENT);
        } else {
            request.redirect(request.roomId(), "/messages/" + message.seq());
        }
    }
}
