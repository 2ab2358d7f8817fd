package chat.klatsch.faults;

import java.net.http.WebSocket;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** One connection of an observer, from the first attempt to its end. */
final class ClientSocket implements WebSocket.Listener {
    /** The close code of a connection that broke. */
    static final int BROKEN = 1006;

    private final LoadBalancer.Entry entry;
    private final Observer observer;
    private final StringBuilder text = new StringBuilder();
    private volatile @Nullable WebSocket socket;
    private volatile long lastFrame = System.nanoTime();
    private volatile long openedAt = Long.MAX_VALUE;
    private volatile boolean hasReceived;

    ClientSocket(LoadBalancer.Entry entry, Observer observer) {
        this.entry = entry;
        this.observer = observer;
    }

    LoadBalancer.Entry entry() {
        return entry;
    }

    boolean hasReceived() {
        return hasReceived;
    }

    /** Returns the time since the last frame. */
    long silentNanos() {
        return System.nanoTime() - lastFrame;
    }

    /** Returns the {@link System#nanoTime} from which this connection receives every message of the room. */
    long openedAt() {
        return openedAt;
    }

    /** Sends a text frame if the connection is open. */
    boolean send(String frame) {
        WebSocket open = socket;
        if (open != null) {
            open.sendText(frame, true).exceptionally(broken -> {
                observer.isClosed(this, BROKEN);
                return open;
            });
        }
        return open != null;
    }

    void cut() {
        WebSocket open = socket;
        if (open != null) {
            open.abort();
        }
    }

    @Override
    public void onOpen(WebSocket opened) {
        openedAt = System.nanoTime();
        socket = opened;
        if (observer.isCurrent(this)) {
            opened.request(1);
        } else {
            opened.abort();
        }
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        text.append(data);
        if (last) {
            lastFrame = System.nanoTime();
            observer.onMessage(this, text.toString());
            hasReceived = true;
            text.setLength(0);
        }
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        observer.isClosed(this, code);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        observer.isClosed(this, BROKEN);
    }
}
