package chat.klatsch.room;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Java program that listens to a room: it is told every message once, in order, one at a time. Thread-safe; the
 * program may take its time, which nobody else notices.
 */
final class Listening {
    private static final Logger log = LoggerFactory.getLogger(Listening.class);
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final Timeline timeline;
    private final Consumer<Message> listener;
    private final Clock clock;
    private final Pump pump;
    private final Alarm alarm;
    private final AtomicLong heard = new AtomicLong();
    private volatile boolean closed;

    Listening(
            Timeline timeline,
            Consumer<Message> listener,
            Clock clock,
            Executor executor,
            ScheduledExecutorService timer) {
        this.timeline = timeline;
        this.listener = listener;
        this.clock = clock;
        this.pump = new Pump(executor, this::run);
        this.alarm = new Alarm(clock, timer, pump::ring);
        timeline.begin();
    }

    /** There are messages up to this place. */
    void hear(long seq) {
        heard.accumulateAndGet(seq, Math::max);
        pump.ring();
    }

    /** No message is told any more, but for one that is being told. */
    void close() {
        closed = true;
    }

    private void run() {
        try {
            timeline.hear(heard.get());
            while (timeline.hasMore() && !closed) {
                timeline.advance().forEach(entry -> tell(entry.message()));
            }
        } catch (ChatException unavailable) {
            alarm.setFor(clock.instant().plus(RETRY));
        }
    }

    private void tell(Message message) {
        try {
            listener.accept(message);
        } catch (RuntimeException e) {
            log.error("A listener failed on message {} of room {}", message.seq(), message.room(), e);
        }
    }
}
