package chat.klatsch.event;

import chat.klatsch.core.RoomId;

/** Receives what other nodes report about their users. Implementations are thread-safe and do not block. */
public interface PresenceListener {
    /** The report replaces the node's last one for the room. */
    void onPresenceReported(RoomId room, String node, PresenceReport report);

    /** The node has shut down or its lease has expired; its users are gone from all rooms. */
    void onNodeLeft(String node);

    /**
     * Events of other nodes for the room start or stop arriving. In both cases earlier ones may have been lost, so what is
     * known about other nodes may be out of date.
     */
    void onAvailabilityChanged(RoomId room, boolean available);
}
