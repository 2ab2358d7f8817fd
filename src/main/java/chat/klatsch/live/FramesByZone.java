package chat.klatsch.live;

import java.time.ZoneId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The same news for the clocks of different time zones: one frame for each zone, rendered when the first in it asks for
 * it and then the same for all. Thread-safe.
 */
final class FramesByZone {
    private final Function<ZoneId, Frame> rendering;
    private final Map<ZoneId, Frame> rendered = new ConcurrentHashMap<>();

    FramesByZone(Function<ZoneId, Frame> rendering) {
        this.rendering = rendering;
    }

    void offerTo(Connection connection) {
        connection.offer(rendered.computeIfAbsent(connection.zone(), rendering));
    }
}
