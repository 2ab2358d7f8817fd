package chat.klatsch.web.socket;

import chat.klatsch.account.Session;
import chat.klatsch.core.RoomId;
import chat.klatsch.inbox.InboxService;
import chat.klatsch.live.ChatRoomService;
import chat.klatsch.live.Connection;
import chat.klatsch.message.Draft;
import chat.klatsch.room.MembershipService;
import chat.klatsch.room.Room;
import chat.klatsch.web.http.CsrfGuard;
import chat.klatsch.web.http.ErrorResponses;
import chat.klatsch.web.http.HealthChecks;
import chat.klatsch.web.http.Json;
import chat.klatsch.web.http.RateLimiter;
import chat.klatsch.web.http.Sessions;
import chat.klatsch.web.templates.StaticTemplates;
import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import io.javalin.websocket.WsConfig;
import io.javalin.websocket.WsContext;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * A room, live. Frames of HTML go out; JSON objects come in: {@code {"body", "key", "replyTo"}} posts, {@code {"after"}} says
 * what a client has seen that came with {@code ?resume}, and {@code "listed"} which rooms it lists; {@code {"read"}} says
 * up to which message the person has read, {@code {"typing"}} that they are writing.
 * Thread-safe; frames of one connection come one after the other.
 */
public final class RoomSocket {
    private final MembershipService memberships;
    private final ChatRoomService rooms;
    private final InboxService inboxes;
    private final Sessions sessions;
    private final CsrfGuard csrfGuard;
    private final ConnectionRegistry connections;
    private final RateLimiter postPages;
    private final HealthChecks health;
    private final StaticTemplates templates = new StaticTemplates();

    public RoomSocket(
            MembershipService memberships,
            ChatRoomService rooms,
            InboxService inboxes,
            Sessions sessions,
            CsrfGuard csrfGuard,
            ConnectionRegistry connections,
            RateLimiter postPages,
            HealthChecks health) {
        this.memberships = memberships;
        this.rooms = rooms;
        this.inboxes = inboxes;
        this.sessions = sessions;
        this.csrfGuard = csrfGuard;
        this.connections = connections;
        this.postPages = postPages;
        this.health = health;
    }

    /** Before the upgrade, while it can still be refused with a status code. */
    public void admit(Context context) {
        csrfGuard.refuse(context);
        health.refuseWhenLeaving();
        context.attribute("revocations", connections.revocations());
        Session session = sessions.require(context);
        Room room = memberships.room(session.user(), new RoomId(context.pathParam("room")));
        connections.check(session.user().id(), context.ip());
        context.attribute("signedIn", session);
        context.attribute("address", context.ip());
        context.attribute("room", room);
        context.attribute("after", after(context));
    }

    public void handlers(WsConfig socket) {
        socket.onConnect(this::connect);
        socket.onMessage(context -> receive(line(context), context.message()));
        socket.onBinaryMessage(context -> context.closeSession(1003, "text only"));
        socket.onClose(context -> close(line(context)));
        socket.onError(context -> line(context).sendQueue().cut());
    }

    /** A connection that cannot be served comes back later. */
    public void fail(Exception failure, WsContext context) {
        context.closeSession(1013, ErrorResponses.explain(failure).reason());
    }

    private void connect(WsContext context) {
        Session session = attribute(context, "signedIn");
        Room room = attribute(context, "room");
        SendQueue sendQueue = connections.sendQueue(context.session, room.id(), session);
        SocketSession line = new SocketSession(room, sendQueue, rooms, inboxes);
        context.attribute("line", line);
        // Nobody asks for them any more, and what signs somebody in is better not kept.
        context.headerMap().clear();
        context.cookieMap().clear();
        connections.opened(sendQueue, attribute(context, "address"));
        long revocations = attribute(context, "revocations");
        if (revocations != connections.revocations() && !mayStay(sendQueue, session)) {
            // That was between the upgrade and the line above, which nobody would tell this connection.
            sendQueue.end(Connection.CloseReason.REVOKED);
        } else if (context.queryParam("resume") == null) {
            OptionalLong after = attribute(context, "after");
            line.enter(after);
        }
    }

    private boolean mayStay(SendQueue sendQueue, Session session) {
        return sessions.isOpen(session)
                && memberships.roomIfMember(session.user(), sendQueue.room()).isPresent();
    }

    private void receive(SocketSession line, String text) {
        try {
            JsonNode json = Json.object(text);
            if (json.has("body")) {
                post(line, json);
            } else if (json.has("after")) {
                long after = Json.number(json.get("after").asText());
                line.tire(1);
                line.enter(OptionalLong.of(after));
                if (json.has("listed")) {
                    line.list(Json.text(json, "listed"));
                }
            } else if (json.has("read")) {
                line.tire(1);
                line.read(Json.number(json.get("read").asText()));
            } else if (json.has("typing")) {
                line.tire(1);
                rooms.types(line.room(), line.sendQueue().user());
            } else {
                throw Json.malformed();
            }
        } catch (RuntimeException failure) {
            line.refuse(ErrorResponses.explain(failure), templates);
        }
    }

    private void post(SocketSession line, JsonNode json) {
        String body = Json.text(json, "body");
        String key = Json.text(json, "key");
        postPages.take(line.sendQueue().user().id());
        OptionalLong replyTo = json.has("replyTo")
                ? OptionalLong.of(Json.number(json.get("replyTo").asText()))
                : OptionalLong.empty();
        rooms.post(line.room(), new Draft(line.sendQueue().user(), body, key, replyTo))
                .whenComplete((message, failure) -> {
                    if (failure != null) {
                        line.refuse(ErrorResponses.explain(failure), templates);
                    }
                });
    }

    private void close(SocketSession line) {
        connections.closed(line.sendQueue());
        line.close();
    }

    private static OptionalLong after(Context context) {
        String after = context.queryParam("after");
        return after == null ? OptionalLong.empty() : OptionalLong.of(Json.number(after));
    }

    private static SocketSession line(WsContext context) {
        return attribute(context, "line");
    }

    private static <T> T attribute(WsContext context, String name) {
        T value = context.attribute(name);
        return Objects.requireNonNull(value, name);
    }
}
