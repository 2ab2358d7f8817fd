package chat.klatsch.live;

import chat.klatsch.core.TimeStyle;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** The same events as one frame for each style of times, rendered on first use. Confined to the room's serial task. */
final class FramesByStyle {
    private final Function<TimeStyle, Frame> renderer;
    private final Map<TimeStyle, Frame> rendered = new HashMap<>();

    FramesByStyle(Function<TimeStyle, Frame> renderer) {
        this.renderer = renderer;
    }

    void offerTo(Connection connection) {
        connection.offer(rendered.computeIfAbsent(connection.timeStyle(), renderer));
    }
}
