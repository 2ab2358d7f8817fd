package chat.klatsch.live;

import chat.klatsch.core.ReaderStyle;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** The same events as one frame for each style of times, rendered on first use. Confined to the room's serial task. */
final class FramesByStyle {
    private final Function<ReaderStyle, Frame> renderer;
    private final Map<ReaderStyle, Frame> rendered = new HashMap<>();

    FramesByStyle(Function<ReaderStyle, Frame> renderer) {
        this.renderer = renderer;
    }

    void offerTo(Connection connection) {
        connection.offer(rendered.computeIfAbsent(connection.readerStyle(), renderer));
    }
}
