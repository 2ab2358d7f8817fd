package chat.klatsch.web;

import chat.klatsch.web.http.HealthChecks;
import chat.klatsch.web.http.MetricsPage;
import chat.klatsch.web.socket.ConnectionRegistry;
import chat.klatsch.web.view.Site;
import java.time.Duration;
import java.util.Optional;

/** Serves the chat to browsers. */
public interface WebHost extends AutoCloseable {
    /** Opens a chat to the web. */
    interface Opener {
        /** @param metrics the page of metrics, if the chat has one */
        WebHost open(Site site, Services services, ConnectionRegistry connections, Optional<MetricsPage> metrics);
    }

    /** The port that it listens on, or 0 if the port is another's. */
    int port();

    /** The URL of the front page on this machine, or its path if the port is another's. */
    String url();

    /** Returns whether {@link #close} has been called. */
    boolean isStopping();

    /** Closes connections so that clients reconnect. Idempotent. */
    @Override
    void close();

    /** Becomes unready, waits for load balancers to notice, and closes connections with a code on which clients reconnect. */
    static void leave(HealthChecks health, ConnectionRegistry connections, Duration drain) {
        health.markStopping();
        if (!connections.isEmpty()) {
            pause(drain);
        }
        connections.closeAll();
    }

    /** Waits, unless the thread is interrupted. */
    static void pause(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
