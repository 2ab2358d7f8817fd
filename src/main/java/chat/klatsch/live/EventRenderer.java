package chat.klatsch.live;

import chat.klatsch.core.TimeStyle;
import java.util.List;

/** Renders events as one frame for all of a room's connections with one style of times. Thread-safe. */
@FunctionalInterface
public interface EventRenderer {
    Frame render(TimeStyle style, List<RoomEvent> events);
}
