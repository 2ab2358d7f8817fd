package chat.klatsch.live;

import java.time.ZoneId;
import java.util.List;

/** Renders events as one frame for all of a room's connections in one time zone. Thread-safe. */
@FunctionalInterface
public interface EventRenderer {
    Frame render(ZoneId zone, List<RoomEvent> events);
}
