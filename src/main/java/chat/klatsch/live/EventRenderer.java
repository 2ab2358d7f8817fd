package chat.klatsch.live;

import chat.klatsch.core.ReaderStyle;
import java.util.List;

/** Renders events as one frame for all of a room's connections with one style. Thread-safe. */
@FunctionalInterface
public interface EventRenderer {
    Frame render(Style style, List<RoomEvent> events);

    /**
     * What the frames of connections differ in.
     *
     * @param embedded whether the page is in a frame of a host, where links lead to other addresses
     */
    record Style(ReaderStyle reader, boolean embedded) {
        static Style of(Connection connection) {
            return new Style(connection.readerStyle(), connection.isEmbedded());
        }
    }
}
