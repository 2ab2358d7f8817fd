package chat.klatsch.web;

import chat.klatsch.room.ChatException;
import chat.klatsch.room.Connection;
import chat.klatsch.room.Frame;
import chat.klatsch.room.Limit;
import chat.klatsch.room.Limits;
import chat.klatsch.room.UserId;
import chat.klatsch.web.templates.StaticTemplates;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * All open WebSockets of this JVM: counts them against the limits, and keeps them honest. Every few seconds each gets
 * a beat, whose absence makes the page say that the connection is lost, and now and then a ping; one that has sent
 * nothing for a while, not even the answer to a ping, is dead and is cut. Thread-safe.
 */
final class Connections {
    private static final Duration BEAT = Duration.ofSeconds(3);
    private static final int BEATS_PER_PING = 4;
    private static final int SILENT_PINGS = 2;

    private record Opened(String address, Pulse pulse) {}

    /** When something last came in. Used by the timer alone. */
    private static final class Pulse {
        long bytesIn;
        int silentPings;
    }

    private final Limits limits;
    private final Map<Outbox, Opened> open = new ConcurrentHashMap<>();
    private final Map<UserId, Integer> byUser = new ConcurrentHashMap<>();
    private final Map<String, Integer> byAddress = new ConcurrentHashMap<>();
    private final Frame beat =
            Frame.of(new StaticTemplates().roomConnection(true).render());
    private long beats;

    Connections(Limits limits, ScheduledExecutorService timer) {
        this.limits = limits;
        timer.scheduleAtFixedRate(this::beat, BEAT.toMillis(), BEAT.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** @throws ChatException TOO_MANY when one more would be over a limit */
    void check(UserId user, String address) {
        if (limits.exceeded(Limit.CONNECTIONS, open.size() + 1L)
                || limits.exceeded(Limit.CONNECTIONS_PER_USER, byUser.getOrDefault(user, 0) + 1L)
                || limits.exceeded(Limit.CONNECTIONS_PER_ADDRESS, byAddress.getOrDefault(address, 0) + 1L)) {
            throw new ChatException(
                    ChatException.Kind.TOO_MANY,
                    "There are too many open connections. Close a tab and try again.",
                    Duration.ofSeconds(10));
        }
    }

    void opened(Outbox outbox, String address) {
        open.put(outbox, new Opened(address, new Pulse()));
        byUser.merge(outbox.user().id(), 1, Integer::sum);
        byAddress.merge(address, 1, Integer::sum);
        outbox.offer(beat);
    }

    void closed(Outbox outbox) {
        Opened opened = open.remove(outbox);
        if (opened != null) {
            byUser.computeIfPresent(outbox.user().id(), (user, count) -> count == 1 ? null : count - 1);
            byAddress.computeIfPresent(opened.address(), (address, count) -> count == 1 ? null : count - 1);
        }
    }

    void endAll() {
        open.keySet().forEach(outbox -> outbox.end(Connection.Ending.SHUTDOWN));
    }

    private void beat() {
        boolean pings = ++beats % BEATS_PER_PING == 0;
        open.forEach((outbox, opened) -> {
            outbox.offer(beat);
            if (pings) {
                ping(outbox, opened.pulse());
            }
        });
    }

    private static void ping(Outbox outbox, Pulse pulse) {
        long bytesIn = outbox.bytesIn();
        pulse.silentPings = bytesIn == pulse.bytesIn ? pulse.silentPings + 1 : 0;
        pulse.bytesIn = bytesIn;
        if (pulse.silentPings > SILENT_PINGS) {
            outbox.cut();
        } else {
            outbox.ping();
        }
    }
}
