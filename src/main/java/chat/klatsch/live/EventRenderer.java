package chat.klatsch.live;

import chat.klatsch.core.ReaderStyle;
import java.util.List;

/** Renders events as one frame for all of a room's connections with one style of times. Thread-safe. */
@FunctionalInterface
public interface EventRenderer {
    Frame render(ReaderStyle style, List<RoomEvent> events);
}
