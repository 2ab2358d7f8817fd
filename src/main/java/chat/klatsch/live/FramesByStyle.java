package chat.klatsch.live;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** The same events as one frame for each style, rendered on first use. Confined to the room's serial task. */
final class FramesByStyle {
    private final Function<EventRenderer.Style, Frame> renderer;
    private final Map<EventRenderer.Style, Frame> rendered = new HashMap<>();

    FramesByStyle(Function<EventRenderer.Style, Frame> renderer) {
        this.renderer = renderer;
    }

    void offerTo(Connection connection) {
        connection.offer(rendered.computeIfAbsent(EventRenderer.Style.of(connection), renderer));
    }
}
