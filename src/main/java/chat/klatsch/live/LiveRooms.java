package chat.klatsch.live;

import chat.klatsch.core.RoomId;
import chat.klatsch.event.EventBus.Event;
import chat.klatsch.event.EventListener;
import chat.klatsch.event.PresenceListener;
import chat.klatsch.event.PresenceReport;
import chat.klatsch.profile.NameChange;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** The rooms in use on this node, created on first use and closed after the last. Routes the bus to them. Thread-safe. */
final class LiveRooms implements EventListener, PresenceListener {
    /** A live room and the number of connections, posts and questions that use it. */
    private record Use(LiveRoom room, int count) {}

    private final LiveRoomContext context;
    private final SerialTask poll;
    private final Map<RoomId, Use> inUse = new ConcurrentHashMap<>();

    /** @param poll reads the versions of all rooms in use, and the names that have changed */
    LiveRooms(LiveRoomContext context, SerialTask poll) {
        this.context = context;
        this.poll = poll;
    }

    /** Returns the room, which stays in use until {@link #release} is called once for each call. */
    LiveRoom take(RoomId id) {
        return inUse.compute(
                        id,
                        (key, use) -> use == null
                                ? new Use(new LiveRoom(id, context), 1)
                                : new Use(use.room(), use.count() + 1))
                .room();
    }

    void release(RoomId id) {
        inUse.computeIfPresent(id, (key, use) -> {
            if (use.count() > 1) {
                return new Use(use.room(), use.count() - 1);
            }
            // Inside the map's lock, so that it closes before its successor opens.
            use.room().close();
            return null;
        });
    }

    void ifInUse(RoomId id, Consumer<LiveRoom> action) {
        find(id).ifPresent(action);
    }

    Optional<LiveRoom> find(RoomId id) {
        return Optional.ofNullable(inUse.get(id)).map(Use::room);
    }

    Set<RoomId> ids() {
        return Set.copyOf(inUse.keySet());
    }

    void onNamesChanged(List<NameChange> changes) {
        inUse.values().forEach(use -> use.room().onNamesChanged(changes));
    }

    @Override
    public void onRoomUpdated(Event.RoomUpdated event) {
        ifInUse(event.room(), room -> room.onVersion(event.version()));
    }

    @Override
    public void onRoomChanged(Event.RoomChanged event) {
        ifInUse(event.room(), room -> room.onRoomChanged(event.user()));
    }

    @Override
    public void onUserTyping(Event.UserTyping event) {
        ifInUse(event.room(), room -> room.onTyping(event.user()));
    }

    @Override
    public void onUserRenamed(Event.UserRenamed event) {
        poll.wake();
    }

    @Override
    public void onMessagesRead(Event.MessagesRead event) {}

    @Override
    public void onSessionsRevoked(Event.SessionsRevoked event) {}

    @Override
    public void onSessionReplaced(Event.SessionReplaced event) {}

    @Override
    public void onPresenceReported(RoomId id, String node, PresenceReport report) {
        ifInUse(id, room -> room.onPresenceReported(node, report));
    }

    @Override
    public void onNodeLeft(String node) {
        inUse.values().forEach(use -> use.room().onPresenceReported(node, PresenceReport.EMPTY));
    }

    @Override
    public void onAvailabilityChanged(RoomId id, boolean available) {
        ifInUse(id, room -> room.onAvailabilityChanged(available));
        if (available) {
            poll.wake();
        }
    }
}
