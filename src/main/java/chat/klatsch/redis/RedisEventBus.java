package chat.klatsch.redis;

import chat.klatsch.core.RoomId;
import chat.klatsch.core.UserId;
import chat.klatsch.event.Attendance;
import chat.klatsch.event.EventBus;
import chat.klatsch.event.LocalEventBus;
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
    private final Outgoing outgoing = new Outgoing();
    private final Map<RoomId, Word.Attending> attending = new ConcurrentHashMap<>();
    private final AtomicLong version = new AtomicLong();
    private final Others others;
    private final RedisLink link;

    /**
     * Returns at once, whether or not Redis can be reached.
     *
     * @param url {@code redis://} or, with TLS, {@code rediss://}, with user and password where needed
     * @param prefix of all channel names
     * @param beat how often each JVM says that it is alive; one of which seven are missing is gone
     */
    public RedisEventBus(URI url, String prefix, Duration beat) {
        this.others = new Others(here::publish, stranger -> outgoing.add(null, new Word.Who(stranger)));
        this.link = new RedisLink(url, beat, new Channels(prefix), jvm, outgoing, new Listener());
        link.open();
    }

    @Override
    public void subscribe(Consumer<Signal> listener) {
        here.subscribe(listener);
    }

    @Override
    public void publish(Signal signal) {
        here.publish(signal);
        if (signal instanceof Signal.News news) {
            outgoing.news(news.room(), news.version());
        } else if (signal instanceof Signal.Typing typing && link.isUp()) {
            outgoing.add(typing.room(), new Word.Typing(Word.Person.of(typing.user())));
        } else if (signal instanceof Signal.Revoked revoked) {
            outgoing.add(null, new Word.Revoked(revoked.user().value(), revoked.session()));
        } else if (signal instanceof Signal.Seen seen) {
            outgoing.add(
                    null,
                    new Word.Seen(
                            seen.room().value(),
                            seen.people().stream().map(UserId::value).toList()));
        } else if (signal instanceof Signal.Changed changed) {
            @Nullable UserId user = changed.user();
            outgoing.add(null, new Word.Changed(changed.room().value(), user == null ? null : user.value()));
        }
    }

    @Override
    public void attend(RoomId room, Attendance people) {
        Word.Attending now = Word.Attending.of(version.incrementAndGet(), people);
        if (attending.put(room, now) != null) {
            outgoing.attending(room, now);
            return;
        }
        link.retune();
        // Should the room have been left just now, it is still listened to, and nobody else asks.
        outgoing.add(room, new Word.Who(null));
        if (!link.isUp()) {
            here.publish(new Signal.Hearing(room, false));
            if (link.isUp()) {
                here.publish(new Signal.Hearing(room, true));
            }
        }
    }

    @Override
    public void leave(RoomId room) {
        attending.remove(room);
        link.retune();
        outgoing.attending(room, Word.Attending.of(version.incrementAndGet(), Attendance.NOBODY));
    }

    /** Tells the others that this JVM and its people go. */
    @Override
    public void close() {
        link.close();
        here.close();
    }

    /** What is heard from Redis, on the link's listening thread. */
    private final class Listener implements RedisLink.Listener {
        private long beats;

        @Override
        public Set<RoomId> rooms() {
            return attending.keySet();
        }

        @Override
        public void tuned(RoomId room) {
            here.publish(new Signal.Hearing(room, true));
            outgoing.add(room, new Word.Who(null));
            tell(room);
        }

        @Override
        public void lost() {
            others.doubt();
            attending.keySet().forEach(room -> here.publish(new Signal.Hearing(room, false)));
        }

        @Override
        public void heard(@Nullable RoomId room, Spoken spoken) {
            if (spoken.jvm().equals(jvm)) {
                if (spoken.word() instanceof Word.Beat) {
                    others.age(attending.keySet());
                    if (++beats % BEATS_PER_TELLING == 0) {
                        attending.keySet().forEach(this::tell);
                    }
                }
            } else if (spoken.word() instanceof Word.Bye) {
                others.gone(spoken.jvm());
            } else if (others.heardOf(spoken.jvm())) {
                understand(room, spoken);
            }
        }

        private void understand(@Nullable RoomId room, Spoken spoken) {
            Word word = spoken.word();
            if (word instanceof Word.Revoked revoked) {
                here.publish(new Signal.Revoked(new UserId(revoked.user()), revoked.session()));
            } else if (word instanceof Word.News news) {
                here.publish(new Signal.News(new RoomId(news.room()), news.version()));
            } else if (word instanceof Word.Seen seen) {
                here.publish(new Signal.Seen(
                        new RoomId(seen.room()),
                        seen.people().stream().map(UserId::new).collect(Collectors.toSet())));
            } else if (word instanceof Word.Changed changed) {
                @Nullable Long user = changed.user();
                here.publish(new Signal.Changed(new RoomId(changed.room()), user == null ? null : new UserId(user)));
            } else if (word instanceof Word.Who who
                    && (who.jvm() == null || who.jvm().equals(jvm))) {
                (room == null ? attending.keySet() : Set.of(room)).forEach(this::tell);
            } else if (room != null && attending.containsKey(room)) {
                if (word instanceof Word.Typing typing) {
                    here.publish(new Signal.Typing(room, typing.person().user()));
                } else if (word instanceof Word.Attending told) {
                    others.attending(room, spoken.jvm(), told);
                }
            }
        }

        /** Says who is in a room here. */
        private void tell(RoomId room) {
            Word.@Nullable Attending now = attending.get(room);
            if (now != null) {
                outgoing.attending(room, now);
            }
        }
    }
}
