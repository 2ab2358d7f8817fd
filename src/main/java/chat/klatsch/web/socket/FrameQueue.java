package chat.klatsch.web.socket;

import chat.klatsch.live.Frame;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/** The frames that wait for a write to one connection. Not thread-safe. */
final class FrameQueue {
    static final int MAX_FRAMES = 256;
    static final int MAX_BYTES = 256 * 1024;

    private final Queue<Frame> frames = new ArrayDeque<>(1);
    private int bytes;

    /** Returns whether there is room for the frame. A single frame may be of any size. */
    boolean add(Frame frame) {
        frames.add(frame);
        bytes += frame.bytes();
        return frames.size() <= MAX_FRAMES && (frames.size() == 1 || bytes <= MAX_BYTES);
    }

    boolean isEmpty() {
        return frames.isEmpty();
    }

    /** Removes and returns the first frame, and those behind it that can be joined to it. */
    List<Frame> take() {
        List<Frame> taken = new ArrayList<>();
        do {
            Frame frame = frames.remove();
            bytes -= frame.bytes();
            taken.add(frame);
        } while (!frames.isEmpty() && !frames.peek().isAmendment());
        return taken;
    }

    void clear() {
        frames.clear();
        bytes = 0;
    }
}
