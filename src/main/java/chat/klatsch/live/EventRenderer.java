package chat.klatsch.live;

import chat.klatsch.core.RoomId;
import java.time.ZoneId;
import java.util.List;

/** Renders events as the text of a frame, the same for all connections in the room with this time zone. Thread-safe. */
@FunctionalInterface
public interface EventRenderer {
    String render(RoomId room, ZoneId zone, List<RoomEvent> events);
}
