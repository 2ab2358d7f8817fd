package chat.klatsch.live;

import chat.klatsch.core.Limits;
import chat.klatsch.core.RoomId;
import chat.klatsch.event.LocalEventBus;
import chat.klatsch.room.Room;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The lobby on a store in memory, with threads that end with the test. */
final class MemoryLobby implements AfterEachCallback {
    final MemoryStore store = new MemoryStore();
    final Room room = new Room(
            RoomId.LOBBY,
            Room.Kind.PUBLIC,
            "Lobby",
            Optional.empty(),
            Optional.empty(),
            false,
            Optional.empty(),
            false);
    final ChatRoomService service;
    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

    MemoryLobby(EventRenderer renderer, Clock clock) {
        service = new ChatRoomService(
                store,
                store,
                room -> Optional.empty(),
                (room, users) -> List.of(),
                user -> false,
                new LocalEventBus(),
                renderer,
                Limits.defaults(),
                clock,
                executor,
                timer);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        timer.shutdownNow();
        executor.shutdownNow();
    }
}
