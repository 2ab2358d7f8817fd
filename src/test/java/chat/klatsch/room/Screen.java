package chat.klatsch.room;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A connection whose frames arrive at once. */
final class Screen implements Connection {
    private final User user;
    private final List<String> frames = new CopyOnWriteArrayList<>();

    Screen(User user) {
        this.user = user;
    }

    List<String> frames() {
        return List.copyOf(frames);
    }

    @Override
    public User user() {
        return user;
    }

    @Override
    public void offer(Frame frame) {
        frames.add(frame.text());
    }

    @Override
    public void whenIdle(Runnable action) {
        action.run();
    }

    @Override
    public void end(Ending ending) {
        frames.add(ending.name());
    }
}
