package chat.klatsch.live;

import chat.klatsch.core.RoomId;
import java.time.ZoneId;
import java.util.List;

/** Turns events into the text of a frame: the same text for everybody in the room whose clocks show the same. Thread-safe. */
@FunctionalInterface
public interface EventRenderer {
    String render(RoomId room, ZoneId zone, List<RoomEvent> events);
}
