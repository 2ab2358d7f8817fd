package chat.klatsch.live;

import chat.klatsch.core.Limits;
import chat.klatsch.core.RoomId;
import chat.klatsch.core.User;
import chat.klatsch.core.UserId;
import chat.klatsch.event.EventBus;
import chat.klatsch.event.LocalEventBus;
import chat.klatsch.message.Draft;
import chat.klatsch.message.Message;
import chat.klatsch.room.Room;
import chat.klatsch.web.socket.TextFrame;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;

/** A room whose work is done when the test says so, on the test's own thread. */
abstract class SteppedRoomTest {
    final User alice = new User(new UserId(1), "alice", "Alice");

    final MemoryStore store = new MemoryStore();

    final Queue<Runnable> work = new ConcurrentLinkedQueue<>();

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

    final EventBus bus = new LocalEventBus();

    final ChatRoomService rooms = new ChatRoomService(
            store,
            store,
            room -> Optional.empty(),
            (room, users) -> List.of(),
            user -> false,
            bus,
            (zone, events) -> TextFrame.of(render(events)),
            Limits.defaults(),
            Clock.systemUTC(),
            work::add,
            timer);

    final Room lobby = new Room(
            RoomId.LOBBY,
            Room.Kind.PUBLIC,
            "Lobby",
            Optional.empty(),
            Optional.empty(),
            false,
            Optional.empty(),
            false);

    @AfterEach
    void stop() {
        timer.shutdownNow();
    }

    final List<String> posts(int count) {
        return IntStream.range(0, count)
                .mapToObj(Integer::toString)
                .peek(this::post)
                .toList();
    }

    final CompletableFuture<Message> post(String text) {
        return rooms.post(lobby, new Draft(alice, text, ""));
    }

    final void doNext() {
        Runnable next = work.poll();
        if (next != null) {
            next.run();
        }
    }

    final void doAll() {
        while (!work.isEmpty()) {
            doNext();
        }
    }

    static List<String> messages(RecordingConnection screen) {
        return screen.frames().stream()
                .flatMap(frame -> Stream.of(frame.split(" ")))
                .filter(text -> !text.isEmpty())
                .toList();
    }

    /** Marks what is not new, and adds the names of the reactions. */
    private static String render(List<RoomEvent> events) {
        StringBuilder text = new StringBuilder();
        for (RoomEvent event : events) {
            if (event instanceof RoomEvent.MessagesChanged news) {
                news.entries()
                        .forEach(entry -> text.append(news.isNew(entry) ? "" : "~")
                                .append(entry.message().body())
                                .append(entry.message().reactions().stream()
                                        .map(reaction -> "+" + reaction.emoji().code())
                                        .collect(Collectors.joining()))
                                .append(' '));
            }
        }
        return text.toString();
    }
}
