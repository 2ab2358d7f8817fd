package chat.klatsch.faults;

import java.net.http.WebSocket;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** One connection of a viewer, from the first attempt to its end. */
final class ClientSocket implements WebSocket.Listener {
    /** Stands for the code of a connection that broke. */
    static final int BROKEN = 1006;

    private final LoadBalancer.Door door;
    private final Observer viewer;
    private final StringBuilder text = new StringBuilder();
    private volatile @Nullable WebSocket socket;
    private volatile long lastFrame = System.nanoTime();
    private volatile long openedAt = Long.MAX_VALUE;
    private volatile boolean heard;

    ClientSocket(LoadBalancer.Door door, Observer viewer) {
        this.door = door;
        this.viewer = viewer;
    }

    LoadBalancer.Door door() {
        return door;
    }

    boolean hasHeard() {
        return heard;
    }

    /** How long nothing has come. */
    long silentNanos() {
        return System.nanoTime() - lastFrame;
    }

    /** Since when, on the clock of {@link System#nanoTime}, whatever is said in the room comes in here. */
    long openedAt() {
        return openedAt;
    }

    /** Sends a text frame, if it has come to a connection. */
    boolean send(String frame) {
        WebSocket open = socket;
        if (open != null) {
            open.sendText(frame, true).exceptionally(broken -> {
                viewer.isClosed(this, BROKEN);
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
        if (viewer.isCurrent(this)) {
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
            viewer.hears(this, text.toString());
            heard = true;
            text.setLength(0);
        }
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        viewer.isClosed(this, code);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        viewer.isClosed(this, BROKEN);
    }
}
