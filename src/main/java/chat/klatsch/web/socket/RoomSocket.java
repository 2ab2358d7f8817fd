package chat.klatsch.web.socket;

import chat.klatsch.account.SignedIn;
import chat.klatsch.core.RoomId;
import chat.klatsch.inbox.Inboxes;
import chat.klatsch.live.ChatRoomService;
import chat.klatsch.live.Connection;
import chat.klatsch.message.Draft;
import chat.klatsch.room.Doorkeeper;
import chat.klatsch.room.Room;
import chat.klatsch.web.http.CrossSite;
import chat.klatsch.web.http.Errors;
import chat.klatsch.web.http.Health;
import chat.klatsch.web.http.Json;
import chat.klatsch.web.http.RateLimit;
import chat.klatsch.web.http.SignIns;
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
    private final Doorkeeper doorkeeper;
    private final ChatRoomService rooms;
    private final Inboxes inboxes;
    private final SignIns signIns;
    private final CrossSite crossSite;
    private final Connections connections;
    private final RateLimit posting;
    private final Health health;
    private final StaticTemplates templates = new StaticTemplates();

    public RoomSocket(
            Doorkeeper doorkeeper,
            ChatRoomService rooms,
            Inboxes inboxes,
            SignIns signIns,
            CrossSite crossSite,
            Connections connections,
            RateLimit posting,
            Health health) {
        this.doorkeeper = doorkeeper;
        this.rooms = rooms;
        this.inboxes = inboxes;
        this.signIns = signIns;
        this.crossSite = crossSite;
        this.connections = connections;
        this.posting = posting;
        this.health = health;
    }

    /** Before the upgrade, while it can still be refused with a status code. */
    public void admit(Context context) {
        crossSite.refuse(context);
        health.refuseWhenLeaving();
        context.attribute("revocations", connections.revocations());
        SignedIn signedIn = signIns.require(context);
        Room room = doorkeeper.room(signedIn.user(), new RoomId(context.pathParam("room")));
        connections.check(signedIn.user().id(), context.ip());
        context.attribute("signedIn", signedIn);
        context.attribute("address", context.ip());
        context.attribute("room", room);
        context.attribute("after", after(context));
    }

    public void handlers(WsConfig socket) {
        socket.onConnect(this::connect);
        socket.onMessage(context -> receive(line(context), context.message()));
        socket.onBinaryMessage(context -> context.closeSession(1003, "text only"));
        socket.onClose(context -> close(line(context)));
        socket.onError(context -> line(context).outbox().cut());
    }

    /** A connection that cannot be served comes back later. */
    public void fail(Exception failure, WsContext context) {
        context.closeSession(1013, Errors.explain(failure).reason());
    }

    private void connect(WsContext context) {
        SignedIn signedIn = attribute(context, "signedIn");
        Room room = attribute(context, "room");
        Outbox outbox = connections.outbox(context.session, room.id(), signedIn);
        Line line = new Line(room, outbox, rooms, inboxes);
        context.attribute("line", line);
        // Nobody asks for them any more, and what signs somebody in is better not kept.
        context.headerMap().clear();
        context.cookieMap().clear();
        connections.opened(outbox, attribute(context, "address"));
        long revocations = attribute(context, "revocations");
        if (revocations != connections.revocations() && !mayStay(outbox, signedIn)) {
            // That was between the upgrade and the line above, which nobody would tell this connection.
            outbox.end(Connection.Ending.REVOKED);
        } else if (context.queryParam("resume") == null) {
            OptionalLong after = attribute(context, "after");
            line.enter(after);
        }
    }

    private boolean mayStay(Outbox outbox, SignedIn signedIn) {
        return signIns.isOpen(signedIn)
                && doorkeeper.roomIfMember(signedIn.user(), outbox.room()).isPresent();
    }

    private void receive(Line line, String text) {
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
                rooms.types(line.room(), line.outbox().user());
            } else {
                throw Json.malformed();
            }
        } catch (RuntimeException failure) {
            line.refuse(Errors.explain(failure), templates);
        }
    }

    private void post(Line line, JsonNode json) {
        String body = Json.text(json, "body");
        String key = Json.text(json, "key");
        posting.take(line.outbox().user().id());
        OptionalLong replyTo = json.has("replyTo")
                ? OptionalLong.of(Json.number(json.get("replyTo").asText()))
                : OptionalLong.empty();
        rooms.post(line.room(), new Draft(line.outbox().user(), body, key, replyTo))
                .whenComplete((message, failure) -> {
                    if (failure != null) {
                        line.refuse(Errors.explain(failure), templates);
                    }
                });
    }

    private void close(Line line) {
        connections.closed(line.outbox());
        line.close();
    }

    private static OptionalLong after(Context context) {
        String after = context.queryParam("after");
        return after == null ? OptionalLong.empty() : OptionalLong.of(Json.number(after));
    }

    private static Line line(WsContext context) {
        return attribute(context, "line");
    }

    private static <T> T attribute(WsContext context, String name) {
        T value = context.attribute(name);
        return Objects.requireNonNull(value, name);
    }
}
