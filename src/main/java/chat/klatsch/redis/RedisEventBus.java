package chat.klatsch.redis;

import chat.klatsch.core.RoomId;
import chat.klatsch.core.UserId;
import chat.klatsch.event.EventBus;
import chat.klatsch.event.LocalEventBus;
import chat.klatsch.event.PresenceReport;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The doorbell of several JVMs: whoever rings calls the listeners here at once, and those of the others through Redis,
 * which keeps nothing: all of it is said again when it comes back. Thread-safe; no method waits for Redis.
 */
public final class RedisEventBus implements EventBus {
    /** Everything is said again from time to time, whether or not somebody has missed it. */
    static final int BEATS_PER_TELLING = 10;

    private final LocalEventBus here = new LocalEventBus();
    private final String jvm = HexFormat.of().toHexDigits(new SecureRandom().nextLong());
    private final PublishQueue publishQueue = new PublishQueue();
    private final Map<RoomId, NodeMessage.PresenceUpdate> attending = new ConcurrentHashMap<>();
    private final AtomicLong version = new AtomicLong();
    private final RemoteNodes others;
    private final RedisConnection link;

    /**
     * Returns at once, whether or not Redis can be reached.
     *
     * @param url {@code redis://} or, with TLS, {@code rediss://}, with user and password where needed
     * @param prefix of all channel names
     * @param beat how often each JVM says that it is alive; one of which seven are missing is gone
     */
    public RedisEventBus(URI url, String prefix, Duration beat) {
        this.others = new RemoteNodes(
                here::publish, stranger -> publishQueue.add(null, new NodeMessage.PresenceRequest(stranger)));
        this.link = new RedisConnection(url, beat, new RedisChannels(prefix), jvm, publishQueue, new Listener());
        link.open();
    }

    @Override
    public void subscribe(Consumer<Event> listener) {
        here.subscribe(listener);
    }

    @Override
    public void publish(Event event) {
        here.publish(event);
        if (event instanceof Event.RoomUpdated news) {
            publishQueue.news(news.room(), news.version());
        } else if (event instanceof Event.UserTyping typing && link.isUp()) {
            publishQueue.add(typing.room(), new NodeMessage.UserTyping(NodeMessage.UserSummary.of(typing.user())));
        } else if (event instanceof Event.SessionsRevoked revoked) {
            publishQueue.add(
                    null, new NodeMessage.SessionsRevoked(revoked.user().value(), revoked.session()));
        } else if (event instanceof Event.MessagesRead seen) {
            publishQueue.add(
                    null,
                    new NodeMessage.MessagesRead(
                            seen.room().value(),
                            seen.people().stream().map(UserId::value).toList()));
        } else if (event instanceof Event.RoomChanged changed) {
            @Nullable UserId user = changed.user();
            publishQueue.add(
                    null, new NodeMessage.RoomChanged(changed.room().value(), user == null ? null : user.value()));
        }
    }

    @Override
    public void attend(RoomId room, PresenceReport people) {
        NodeMessage.PresenceUpdate now = NodeMessage.PresenceUpdate.of(version.incrementAndGet(), people);
        if (attending.put(room, now) != null) {
            publishQueue.attending(room, now);
            return;
        }
        link.retune();
        // Should the room have been left just now, it is still listened to, and nobody else asks.
        publishQueue.add(room, new NodeMessage.PresenceRequest(null));
        if (!link.isUp()) {
            here.publish(new Event.BusAvailabilityChanged(room, false));
            if (link.isUp()) {
                here.publish(new Event.BusAvailabilityChanged(room, true));
            }
        }
    }

    @Override
    public void leave(RoomId room) {
        attending.remove(room);
        link.retune();
        publishQueue.attending(room, NodeMessage.PresenceUpdate.of(version.incrementAndGet(), PresenceReport.NOBODY));
    }

    /** Tells the others that this JVM and its people go. */
    @Override
    public void close() {
        link.close();
        here.close();
    }

    /** What is heard from Redis, on the link's listening thread. */
    private final class Listener implements RedisConnection.Listener {
        private long beats;

        @Override
        public Set<RoomId> rooms() {
            return attending.keySet();
        }

        @Override
        public void tuned(RoomId room) {
            here.publish(new Event.BusAvailabilityChanged(room, true));
            publishQueue.add(room, new NodeMessage.PresenceRequest(null));
            tell(room);
        }

        @Override
        public void lost() {
            others.doubt();
            attending.keySet().forEach(room -> here.publish(new Event.BusAvailabilityChanged(room, false)));
        }

        @Override
        public void heard(@Nullable RoomId room, Envelope envelope) {
            if (envelope.jvm().equals(jvm)) {
                if (envelope.word() instanceof NodeMessage.Heartbeat) {
                    others.age(attending.keySet());
                    if (++beats % BEATS_PER_TELLING == 0) {
                        attending.keySet().forEach(this::tell);
                    }
                }
            } else if (envelope.word() instanceof NodeMessage.Leaving) {
                others.gone(envelope.jvm());
            } else if (others.heardOf(envelope.jvm())) {
                understand(room, envelope);
            }
        }

        private void understand(@Nullable RoomId room, Envelope envelope) {
            NodeMessage word = envelope.word();
            if (word instanceof NodeMessage.SessionsRevoked revoked) {
                here.publish(new Event.SessionsRevoked(new UserId(revoked.user()), revoked.session()));
            } else if (word instanceof NodeMessage.RoomUpdated news) {
                here.publish(new Event.RoomUpdated(new RoomId(news.room()), news.version()));
            } else if (word instanceof NodeMessage.MessagesRead seen) {
                here.publish(new Event.MessagesRead(
                        new RoomId(seen.room()),
                        seen.people().stream().map(UserId::new).collect(Collectors.toSet())));
            } else if (word instanceof NodeMessage.RoomChanged changed) {
                @Nullable Long user = changed.user();
                here.publish(new Event.RoomChanged(new RoomId(changed.room()), user == null ? null : new UserId(user)));
            } else if (word instanceof NodeMessage.PresenceRequest who
                    && (who.jvm() == null || who.jvm().equals(jvm))) {
                (room == null ? attending.keySet() : Set.of(room)).forEach(this::tell);
            } else if (room != null && attending.containsKey(room)) {
                if (word instanceof NodeMessage.UserTyping typing) {
                    here.publish(new Event.UserTyping(room, typing.person().user()));
                } else if (word instanceof NodeMessage.PresenceUpdate told) {
                    others.attending(room, envelope.jvm(), told);
                }
            }
        }

        /** Says who is in a room here. */
        private void tell(RoomId room) {
            NodeMessage.@Nullable PresenceUpdate now = attending.get(room);
            if (now != null) {
                publishQueue.attending(room, now);
            }
        }
    }
}
