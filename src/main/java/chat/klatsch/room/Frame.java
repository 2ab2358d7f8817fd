package chat.klatsch.room;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What happened in a room, rendered and encoded once for everybody in it: the fragments that the browser swaps in. */
public record Frame(ByteBuffer utf8) {
    public static Frame of(String text) {
        return new Frame(StandardCharsets.UTF_8.encode(text).asReadOnlyBuffer());
    }

    /** Frames end to end, as one. */
    public static Frame joined(List<Frame> frames) {
        if (frames.size() == 1) {
            return frames.get(0);
        }
        ByteBuffer all =
                ByteBuffer.allocate(frames.stream().mapToInt(Frame::bytes).sum());
        frames.forEach(frame -> all.put(frame.utf8()));
        return new Frame(all.flip().asReadOnlyBuffer());
    }

    /** The text, read-only: a view of one's own, since reading moves its position, of bytes that are the same for all. */
    @Override
    public ByteBuffer utf8() {
        return utf8.duplicate();
    }

    public int bytes() {
        return utf8.remaining();
    }
}
