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
 * Keeps a room open as the page does: when the connection ends or is silent for too long, it reconnects to the next
 * node with its cursor. Thread-safe.
 */
final class Observer implements AutoCloseable {
    static final int NOWHERE = -1;

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(4);
    private static final int LEAST_PAUSE_MILLIS = 100;
    private static final int MOST_PAUSE_MILLIS = 500;
    private static final int MOST_DOUBLINGS = 3;

    private final HttpClient http;
    private final String cookie;
    private final RenderedRoom renderedRoom;
    private final LoadBalancer loadBalancer;
    private final ScheduledExecutorService timer;
    private final Random random;
    private final DeliveryTimes deliveryTimes;
    private final Map<Integer, Integer> closeCodes = new ConcurrentHashMap<>();
    private @Nullable ClientSocket socket;
    private boolean gone;

    /** The number of failed attempts in a row, up to the maximum number of times that the backoff doubles. */
    private int failures;

    Observer(
            HttpClient http,
            String cookie,
            RenderedRoom renderedRoom,
            LoadBalancer loadBalancer,
            ScheduledExecutorService timer,
            Random random,
            DeliveryTimes deliveryTimes) {
        this.http = http;
        this.cookie = cookie;
        this.renderedRoom = renderedRoom;
        this.loadBalancer = loadBalancer;
        this.timer = timer;
        this.random = random;
        this.deliveryTimes = deliveryTimes;
    }

    synchronized void connect() {
        if (!gone) {
            LoadBalancer.Entry entry = loadBalancer.next();
            ClientSocket attempt = new ClientSocket(entry, this);
            socket = attempt;
            URI live = URI.create(entry.url().replaceFirst("^http", "ws") + "rooms/" + renderedRoom.room()
                    + "/live?after=" + renderedRoom.last());
            http.newWebSocketBuilder()
                    .connectTimeout(CONNECT_TIMEOUT)
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

    /** Sends a text frame if there is a connection. */
    boolean send(String frame) {
        ClientSocket current;
        synchronized (this) {
            current = socket;
        }
        return current != null && current.send(frame);
    }

    /** Returns the number of the node that it is connected to. */
    synchronized int node() {
        return socket == null ? NOWHERE : socket.entry().node();
    }

    RenderedRoom renderedRoom() {
        return renderedRoom;
    }

    /** Returns whether the current connection has received anything. */
    synchronized boolean isConnected() {
        return socket != null && socket.hasReceived();
    }

    /** Returns how many connections were closed with this code; 1006 counts those that broke. */
    int closed(int code) {
        return closeCodes.getOrDefault(code, 0);
    }

    @Override
    public synchronized void close() {
        gone = true;
        if (socket != null) {
            socket.cut();
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

    /** Ignores frames of a connection that is no longer the current one. */
    synchronized void onMessage(ClientSocket from, String frame) {
        if (isCurrent(from)) {
            List<Message> news = renderedRoom.show(frame);
            if (!from.entry().breaks()) {
                news.forEach(
                        message -> deliveryTimes.arrives(message, from.entry().node(), from.openedAt()));
            }
        }
    }

    synchronized boolean isCurrent(ClientSocket asking) {
        return socket == asking && !gone;
    }

    /** @param code the close code */
    void isClosed(ClientSocket ended, int code) {
        closeCodes.merge(code, 1, Integer::sum);
        retire(ended);
    }

    private void retire(ClientSocket ended) {
        synchronized (this) {
            if (isCurrent(ended)) {
                socket = null;
                failures = ended.hasReceived() ? 0 : Math.min(failures + 1, MOST_DOUBLINGS);
                int pause = random.nextInt(LEAST_PAUSE_MILLIS, MOST_PAUSE_MILLIS) << failures;
                timer.schedule(this::connect, pause, TimeUnit.MILLISECONDS);
            }
        }
        ended.cut();
    }
}
