package chat.klatsch.web.socket;

import chat.klatsch.account.Session;
import chat.klatsch.core.ReaderStyle;
import chat.klatsch.core.RoomId;
import chat.klatsch.inbox.InboxService;
import chat.klatsch.live.ChatRoomService;
import chat.klatsch.live.Connection;
import chat.klatsch.room.MembershipService;
import chat.klatsch.room.Room;
import chat.klatsch.web.host.Recheck;
import chat.klatsch.web.http.ChatRequest;
import chat.klatsch.web.http.CsrfGuard;
import chat.klatsch.web.http.ErrorResponses;
import chat.klatsch.web.http.HealthChecks;
import chat.klatsch.web.http.Json;
import chat.klatsch.web.http.Network;
import chat.klatsch.web.http.RateLimiter;
import chat.klatsch.web.http.Sessions;
import chat.klatsch.web.templates.StaticTemplates;
import chat.klatsch.web.view.Site;
import io.javalin.http.Context;
import io.javalin.websocket.WsConfig;
import io.javalin.websocket.WsContext;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Stream;
import org.eclipse.jetty.websocket.common.WebSocketSession;

/**
 * Accepts the WebSocket connections of rooms, and of pages that show the room list without a room. Each sends HTML
 * fragments and receives {@link ClientMessage}s. Thread-safe; the messages of one connection arrive one after another.
 */
public final class RoomSocket {
    /**
     * @param revocations the count before the session was checked
     * @param recheck asks the host whether the user is still signed in there
     */
    private record Upgrade(
            Session session,
            ReaderStyle readerStyle,
            boolean embedded,
            Optional<Room> room,
            Network network,
            OptionalLong after,
            long revocations,
            Optional<Recheck> recheck) {}

    private final MembershipService memberships;
    private final ChatRoomService rooms;
    private final InboxService inboxes;
    private final Sessions sessions;
    private final CsrfGuard csrfGuard;
    private final ConnectionRegistry connections;
    private final RateLimiter posts;
    private final HealthChecks health;
    private final Site site;
    private final StaticTemplates templates = new StaticTemplates();

    public RoomSocket(
            MembershipService memberships,
            ChatRoomService rooms,
            InboxService inboxes,
            Sessions sessions,
            CsrfGuard csrfGuard,
            ConnectionRegistry connections,
            RateLimiter posts,
            HealthChecks health,
            Site site) {
        this.memberships = memberships;
        this.rooms = rooms;
        this.inboxes = inboxes;
        this.sessions = sessions;
        this.csrfGuard = csrfGuard;
        this.connections = connections;
        this.posts = posts;
        this.health = health;
        this.site = site;
    }

    /** Authorizes the connection of a room before the upgrade, while a refusal can still be a status code. */
    public void authorizeUpgrade(Context context) {
        authorize(
                context,
                session -> Optional.of(memberships.room(session.user(), new RoomId(context.pathParam("room")))));
    }

    /** Authorizes the connection of a page that shows the room list without a room. */
    public void authorizeInbox(Context context) {
        authorize(context, session -> Optional.empty());
    }

    private void authorize(Context context, Function<Session, Optional<Room>> lookUp) {
        csrfGuard.refuseCrossSite(context);
        health.refuseWhileStopping();
        long revocations = connections.revocations();
        Session session = sessions.require(context);
        Optional<Room> room = lookUp.apply(session);
        connections.checkLimits(session.user().id(), Network.of(context));
        String after = context.queryParam("after");
        OptionalLong version = after == null ? OptionalLong.empty() : OptionalLong.of(Json.number(after));
        context.attribute(
                "upgrade",
                new Upgrade(
                        session,
                        session.readerStyle(
                                ChatRequest.language(context),
                                Sessions.readBy(context, site).texts()),
                        context.attribute(Site.EMBEDDED) != null,
                        room,
                        Network.of(context),
                        version,
                        revocations,
                        sessions.recheck(context, session)));
    }

    public void configure(WsConfig socket) {
        socket.onConnect(this::onConnect);
        socket.onMessage(context -> session(context).onMessage(context.message()));
        socket.onBinaryMessage(context -> context.closeSession(1003, "text only"));
        socket.onError(context -> session(context).sendQueue().cut());
    }

    /** Closes a connection that cannot be served with a code on which the client reconnects. */
    public void onException(Exception failure, WsContext context) {
        context.closeSession(1013, ErrorResponses.explain(failure).getMessage());
    }

    private void onConnect(WsContext context) {
        Upgrade upgrade = attribute(context, "upgrade");
        SendQueue sendQueue = connections.createSendQueue(
                (WebSocketSession) context.session,
                upgrade.room().map(Room::id),
                upgrade.session(),
                upgrade.readerStyle(),
                upgrade.embedded(),
                upgrade.recheck());
        SocketSession session = new SocketSession(
                upgrade.room(),
                sendQueue,
                rooms,
                inboxes,
                posts,
                templates,
                site.in(upgrade.readerStyle().texts()));
        context.attribute("session", session);
        // Headers are not needed any more, and session tokens should not stay in memory.
        Stream.of(context.headerMap(), context.cookieMap())
                .filter(map -> !map.isEmpty())
                .forEach(Map::clear);
        sendQueue.onClosed(() -> onClosed(session));
        connections.add(sendQueue, upgrade.network());
        if (upgrade.revocations() != connections.revocations() && !isAuthorized(upgrade)) {
            // The revocation came before this connection was registered, so no event closes it.
            sendQueue.end(Connection.CloseReason.REVOKED);
        } else if (upgrade.room().isPresent() && context.queryParam("resume") == null) {
            session.enter(upgrade.after());
        }
    }

    private boolean isAuthorized(Upgrade upgrade) {
        return sessions.isOpen(upgrade.session())
                && upgrade.room()
                        .map(room -> memberships.roomIfMember(upgrade.session().user(), room.id()))
                        .map(Optional::isPresent)
                        .orElse(true);
    }

    private void onClosed(SocketSession session) {
        connections.remove(session.sendQueue());
        session.close();
    }

    private static SocketSession session(WsContext context) {
        return attribute(context, "session");
    }

    private static <T> T attribute(WsContext context, String name) {
        T value = context.attribute(name);
        return Objects.requireNonNull(value, name);
    }
}
