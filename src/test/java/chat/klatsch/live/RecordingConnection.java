package chat.klatsch.live;

import chat.klatsch.core.ReaderStyle;
import chat.klatsch.core.User;
import chat.klatsch.text.Languages;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A connection that records its frames. It can be made busy, as one whose reader is slow. */
final class RecordingConnection implements Connection {
    private final User user;
    private final ZoneId zone;
    private final List<String> frames = new CopyOnWriteArrayList<>();
    private final List<Runnable> whenIdle = new CopyOnWriteArrayList<>();
    private volatile boolean busy;

    RecordingConnection(User user) {
        this(user, ZoneOffset.UTC);
    }

    RecordingConnection(User user, ZoneId zone) {
        this.user = user;
        this.zone = zone;
    }

    void busy() {
        busy = true;
    }

    /** Becomes idle for a moment. */
    void idle() {
        List<Runnable> actions = List.copyOf(whenIdle);
        whenIdle.clear();
        actions.forEach(Runnable::run);
    }

    List<String> frames() {
        return List.copyOf(frames);
    }

    @Override
    public User user() {
        return user;
    }

    @Override
    public void rename(User renamed) {}

    @Override
    public ReaderStyle readerStyle() {
        return new ReaderStyle(zone, false, Languages.ENGLISH);
    }

    @Override
    public void offer(Frame frame) {
        frames.add(StandardCharsets.UTF_8.decode(frame.utf8()).toString());
    }

    @Override
    public void whenIdle(Runnable action) {
        if (busy) {
            whenIdle.add(action);
        } else {
            action.run();
        }
    }

    @Override
    public void end(CloseReason ending) {
        frames.add(ending.name());
    }
}
