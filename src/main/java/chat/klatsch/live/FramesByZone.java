package chat.klatsch.live;

import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** The same events as one frame for each time zone, rendered on first use. Confined to the room's serial task. */
final class FramesByZone {
    private final Function<ZoneId, Frame> renderer;
    private final Map<ZoneId, Frame> rendered = new HashMap<>();

    FramesByZone(Function<ZoneId, Frame> renderer) {
        this.renderer = renderer;
    }

    void offerTo(Connection connection) {
        connection.offer(rendered.computeIfAbsent(connection.zone(), renderer));
    }
}
