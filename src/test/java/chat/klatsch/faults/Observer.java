package chat.klatsch.faults;

import chat.klatsch.faults.History.Message;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who keeps a room open as the page does: whenever the connection ends, or has been silent for too long, it
 * connects anew to whichever JVM is next, saying what it has seen. Thread-safe.
 */
final class Observer implements AutoCloseable {
    static final int NOWHERE = -1;

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(4);
    private static final int LEAST_PAUSE_MILLIS = 100;
    private static final int MOST_PAUSE_MILLIS = 500;
    private static final int MOST_DOUBLINGS = 3;

    private final HttpClient http;
    private final String cookie;
    private final RenderedRoom display;
    private final LoadBalancer doors;
    private final ScheduledExecutorService timer;
    private final Random random;
    private final DeliveryTimes weather;
    private final Map<Integer, Integer> closeCodes = new ConcurrentHashMap<>();
    private @Nullable ClientSocket line;
    private boolean gone;

    /** How many attempts in a row have come to nothing, up to the number of times that the pause is doubled. */
    private int vain;

    Observer(
            HttpClient http,
            String cookie,
            RenderedRoom display,
            LoadBalancer doors,
            ScheduledExecutorService timer,
            Random random,
            DeliveryTimes weather) {
        this.http = http;
        this.cookie = cookie;
        this.display = display;
        this.doors = doors;
        this.timer = timer;
        this.random = random;
        this.weather = weather;
    }

    synchronized void connect() {
        if (!gone) {
            LoadBalancer.Door door = doors.next();
            ClientSocket attempt = new ClientSocket(door, this);
            line = attempt;
            URI live = URI.create(door.url().replaceFirst("^http", "ws") + "rooms/" + display.room() + "/live?after="
                    + display.last());
            http.newWebSocketBuilder()
                    .connectTimeout(PATIENCE)
                    .header("Cookie", cookie)
                    .buildAsync(live, attempt)
                    .whenComplete((socket, failure) -> {
                        if (failure != null) {
                            retire(attempt);
                        }
                    });
            timer.schedule(() -> watch(attempt), LONGEST_SILENCE.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** Sends a text frame, if there is a connection. */
    boolean send(String frame) {
        ClientSocket current;
        synchronized (this) {
            current = line;
        }
        return current != null && current.send(frame);
    }

    /** The number of the JVM that it is connected to. */
    synchronized int node() {
        return line == null ? NOWHERE : line.door().node();
    }

    RenderedRoom display() {
        return display;
    }

    /** Whether it has heard from the chat on the connection of now. */
    synchronized boolean isConnected() {
        return line != null && line.hasHeard();
    }

    /** How often connections have been closed with this code; 1006 stands for those that broke. */
    int closed(int code) {
        return closeCodes.getOrDefault(code, 0);
    }

    @Override
    public synchronized void close() {
        gone = true;
        if (line != null) {
            line.cut();
        }
    }

    private void watch(ClientSocket watched) {
        synchronized (this) {
            if (!isCurrent(watched)) {
                return;
            }
            long left = LONGEST_SILENCE.toNanos() - watched.silentNanos();
            if (left > 0) {
                timer.schedule(() -> watch(watched), left, TimeUnit.NANOSECONDS);
                return;
            }
        }
        retire(watched);
    }

    /** What comes in on a connection that is no longer the current one is seen by nobody. */
    synchronized void hears(ClientSocket from, String frame) {
        if (isCurrent(from)) {
            List<Message> news = display.show(frame);
            if (!from.door().breaks()) {
                news.forEach(message -> weather.arrives(message, from.door().node(), from.openedAt()));
            }
        }
    }

    synchronized boolean isCurrent(ClientSocket asking) {
        return line == asking && !gone;
    }

    /** @param code that it was closed with */
    void isClosed(ClientSocket ended, int code) {
        closeCodes.merge(code, 1, Integer::sum);
        retire(ended);
    }

    private void retire(ClientSocket ended) {
        synchronized (this) {
            if (isCurrent(ended)) {
                line = null;
                vain = ended.hasHeard() ? 0 : Math.min(vain + 1, MOST_DOUBLINGS);
                int pause = random.nextInt(LEAST_PAUSE_MILLIS, MOST_PAUSE_MILLIS) << vain;
                timer.schedule(this::connect, pause, TimeUnit.MILLISECONDS);
            }
        }
        ended.cut();
    }
}
