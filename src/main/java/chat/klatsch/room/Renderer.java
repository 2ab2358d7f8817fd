package chat.klatsch.room;

import java.util.List;

/** Turns events into the text of a frame: the same text for everybody in the room. Thread-safe. */
@FunctionalInterface
public interface Renderer {
    String render(RoomId room, List<RoomEvent> events);
}
