package chat.klatsch.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.ChatException.Kind;
import chat.klatsch.core.Limits;
import chat.klatsch.core.RoomId;
import chat.klatsch.core.User;
import chat.klatsch.core.UserId;
import chat.klatsch.event.EventBus;
import chat.klatsch.event.LocalEventBus;
import chat.klatsch.fixture.Log;
import chat.klatsch.message.Draft;
import chat.klatsch.message.Message;
import chat.klatsch.room.Room;
import chat.klatsch.web.socket.TextFrame;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What gathers while no thread is free for a room. The test decides when its work is done, on the test's own thread. */
class GatheredPostsTest {
    private final User alice = new User(new UserId(1), "alice", "Alice");
    private final MemoryStore store = new MemoryStore();
    private final Queue<Runnable> work = new ConcurrentLinkedQueue<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final EventBus bus = new LocalEventBus();
    private final ChatRoomService rooms = new ChatRoomService(
            store,
            store,
            room -> Optional.empty(),
            bus,
            (zone, events) -> TextFrame.of(render(events)),
            Limits.defaults(),
            Clock.systemUTC(),
            work::add,
            timer);
    private final Room lobby =
            new Room(RoomId.LOBBY, Room.Kind.PUBLIC, "Lobby", Optional.empty(), Optional.empty(), false, false, false);

    @AfterEach
    void stop() {
        timer.shutdownNow();
    }

    @Test
    void more_posts_than_fit_into_one_frame_are_all_delivered_at_once() {
        RecordingConnection screen = new RecordingConnection(alice);
        rooms.enter(lobby, screen, OptionalLong.empty(), OptionalLong.empty());
        List<String> heard = new ArrayList<>();
        rooms.listen(RoomId.LOBBY, message -> heard.add(message.body()));
        doAll();
        List<String> texts = posts(1_050);
        doAll();
        assertThat(messages(screen)).isEqualTo(texts);
        assertThat(heard).isEqualTo(texts);
    }

    @Test
    void whoever_returns_while_posts_gather_has_all_of_them_once() {
        List<String> texts = new ArrayList<>(posts(250));
        doAll();
        RecordingConnection here = new RecordingConnection(alice);
        rooms.enter(lobby, here, OptionalLong.empty(), OptionalLong.empty());
        doAll();
        List<RecordingConnection> back = new ArrayList<>();
        for (int after = 0; after <= 250; after += 50) {
            texts.addAll(posts(30));
            RecordingConnection screen = new RecordingConnection(alice);
            rooms.enter(lobby, screen, OptionalLong.of(after), OptionalLong.empty());
            back.add(screen);
            // Only a part of the work, so that posts, pages and arrivals mix.
            IntStream.range(0, after / 50).forEach(n -> doNext());
        }
        doAll();
        assertThat(messages(here)).isEqualTo(texts.subList(250, texts.size()));
        for (int i = 0; i < back.size(); i++) {
            assertThat(messages(back.get(i))).isEqualTo(texts.subList(50 * i, texts.size()));
        }
    }

    @Test
    void whoever_reads_slowly_gets_a_page_whenever_the_one_before_has_been_read() {
        List<String> texts = new ArrayList<>(posts(350));
        RecordingConnection slow = new RecordingConnection(alice);
        slow.busy();
        rooms.enter(lobby, slow, OptionalLong.of(0), OptionalLong.empty());
        for (int page = 0; page < 4; page++) {
            for (int n = 0; n < 10; n++) {
                texts.addAll(posts(1));
                doAll();
            }
            assertThat(messages(slow)).hasSize(100 * page);
            slow.idle();
            doAll();
        }
        assertThat(messages(slow)).isEqualTo(texts);
        texts.addAll(posts(1));
        doAll();
        assertThat(messages(slow)).isEqualTo(texts);
    }

    @Test
    void an_older_announcement_does_not_hide_a_newer_one() {
        RecordingConnection screen = new RecordingConnection(alice);
        rooms.enter(lobby, screen, OptionalLong.empty(), OptionalLong.empty());
        posts(1);
        doAll();
        store.append(RoomId.LOBBY, List.of(new Draft(alice, "elsewhere", "")), Instant.now());
        bus.publish(new EventBus.Event.RoomUpdated(RoomId.LOBBY, 2));
        bus.publish(new EventBus.Event.RoomUpdated(RoomId.LOBBY, 1));
        doAll();
        assertThat(messages(screen)).containsExactly("0", "elsewhere");
    }

    @Test
    void whoever_enters_twice_has_every_post_once() {
        posts(3);
        RecordingConnection screen = new RecordingConnection(alice);
        rooms.enter(lobby, screen, OptionalLong.of(0), OptionalLong.empty());
        doAll();
        rooms.enter(lobby, screen, OptionalLong.of(0), OptionalLong.empty());
        doAll();
        assertThat(messages(screen)).containsExactly("0", "1", "2");
    }

    @Test
    void whoever_leaves_before_there_was_time_to_enter_receives_nothing() {
        RecordingConnection here = new RecordingConnection(alice);
        rooms.enter(lobby, here, OptionalLong.empty(), OptionalLong.empty());
        doAll();
        RecordingConnection gone = new RecordingConnection(alice);
        rooms.enter(lobby, gone, OptionalLong.of(0), OptionalLong.empty());
        rooms.leave(lobby, gone);
        posts(3);
        doAll();
        assertThat(messages(here)).containsExactly("0", "1", "2");
        assertThat(gone.frames()).isEmpty();
    }

    @Test
    void whoever_enters_while_the_store_is_away_is_there_when_it_is_back() {
        RecordingConnection here = new RecordingConnection(alice);
        rooms.enter(lobby, here, OptionalLong.empty(), OptionalLong.empty());
        doAll();
        // Committed by another node, which this one does not know of yet.
        store.append(RoomId.LOBBY, List.of(new Draft(alice, "elsewhere", "")), Instant.now());
        store.away(true);
        RecordingConnection ahead = new RecordingConnection(alice);
        rooms.enter(lobby, ahead, OptionalLong.of(1), OptionalLong.empty());
        RecordingConnection behind = new RecordingConnection(alice);
        rooms.enter(lobby, behind, OptionalLong.of(0), OptionalLong.empty());
        doAll();
        store.away(false);
        posts(3);
        doAll();
        assertThat(messages(ahead)).containsExactly("0", "1", "2");
        assertThat(messages(behind)).containsExactly("elsewhere", "0", "1", "2");
        assertThat(messages(here)).containsExactly("elsewhere", "0", "1", "2");
    }

    @Test
    void a_version_that_the_room_does_not_have_keeps_nobody_busy() {
        RecordingConnection screen = new RecordingConnection(alice);
        rooms.enter(lobby, screen, OptionalLong.empty(), OptionalLong.empty());
        doAll();
        bus.publish(new EventBus.Event.RoomUpdated(RoomId.LOBBY, 1_000_000));
        assertThat(work).isNotEmpty();
        assertTimeoutPreemptively(Duration.ofSeconds(10), this::doAll, "the room's task ends");
        posts(3);
        doAll();
        assertThat(messages(screen)).containsExactly("0", "1", "2");
    }

    @Test
    void a_listener_that_is_closed_hears_nothing_more_of_what_has_gathered() throws Exception {
        List<String> heard = new ArrayList<>();
        List<AutoCloseable> listener = new ArrayList<>();
        listener.add(rooms.listen(RoomId.LOBBY, message -> {
            heard.add(message.body());
            close(listener.get(0));
        }));
        doAll();
        posts(3);
        doAll();
        assertThat(heard).containsExactly("0");
        close(listener.get(0));
        RecordingConnection screen = new RecordingConnection(alice);
        rooms.enter(lobby, screen, OptionalLong.empty(), OptionalLong.empty());
        close(listener.get(0));
        doAll();
        posts(1);
        doAll();
        assertThat(messages(screen)).as("closing it again ends nothing else").containsExactly("0");
    }

    @Test
    void a_room_takes_4096_posts_that_wait_and_refuses_more_until_they_are_stored() {
        List<CompletableFuture<Message>> waiting =
                IntStream.range(0, 4_096).mapToObj(n -> post("" + n)).toList();
        CompletableFuture<Message> refused = post("too many");
        assertThat(refusal(refused)).satisfies(refusal -> {
            assertThat(refusal.kind()).isEqualTo(Kind.UNAVAILABLE);
            assertThat(refusal.retryAfter()).isPositive();
        });
        assertThat(waiting).noneMatch(CompletableFuture::isDone);

        doAll();
        for (int n = 0; n < 4_096; n++) {
            assertThat(waiting.get(n)).isCompleted();
            assertThat(waiting.get(n).join().seq()).isEqualTo(n + 1);
        }
        CompletableFuture<Message> next = post("next");
        doAll();
        assertThat(next.join().seq()).isEqualTo(4_097);
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(new ChatException(Kind.FORBIDDEN, "You are muted."), Kind.FORBIDDEN),
                Arguments.of(new IllegalStateException("cannot be stored"), Kind.FAILED));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void a_post_that_fails_does_not_take_those_along_that_gathered_with_it(RuntimeException failure, Kind kind) {
        store.refuse("bad", failure);
        RecordingConnection screen = new RecordingConnection(alice);
        rooms.enter(lobby, screen, OptionalLong.empty(), OptionalLong.empty());
        doAll();
        List<CompletableFuture<Message>> all =
                Stream.of("a", "b", "bad", "c", "d").map(this::post).toList();
        try (Log log = new Log()) {
            doAll();
            assertThat(log.text().lines().filter(line -> line.contains("could not be stored")))
                    .hasSize(kind == Kind.FAILED ? 1 : 0);
        }
        assertThat(refusal(all.get(2)).kind()).isEqualTo(kind);
        assertThat(messages(screen)).containsExactly("a", "b", "c", "d");
        assertThat(Stream.of(0, 1, 3, 4).map(i -> all.get(i).join().seq())).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void posts_that_gather_while_the_store_is_away_are_all_answered() {
        store.away(true);
        List<CompletableFuture<Message>> all =
                IntStream.range(0, 300).mapToObj(n -> post("" + n)).toList();
        doAll();
        assertThat(all).allSatisfy(post -> assertThat(refusal(post).kind()).isEqualTo(Kind.UNAVAILABLE));
    }

    private List<String> posts(int count) {
        return IntStream.range(0, count)
                .mapToObj(Integer::toString)
                .peek(this::post)
                .toList();
    }

    private CompletableFuture<Message> post(String text) {
        return rooms.post(lobby, new Draft(alice, text, ""));
    }

    private void doNext() {
        Runnable next = work.poll();
        if (next != null) {
            next.run();
        }
    }

    private void doAll() {
        while (!work.isEmpty()) {
            doNext();
        }
    }

    private static void close(AutoCloseable listener) {
        try {
            listener.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static ChatException refusal(CompletableFuture<Message> post) {
        assertThat(post).isCompletedExceptionally();
        List<ChatException> refusals = new ArrayList<>();
        assertThatThrownBy(post::join)
                .isInstanceOf(CompletionException.class)
                .satisfies(failure -> refusals.add((ChatException) failure.getCause()));
        return refusals.get(0);
    }

    private static List<String> messages(RecordingConnection screen) {
        return screen.frames().stream()
                .flatMap(frame -> Stream.of(frame.split(" ")))
                .filter(text -> !text.isEmpty())
                .toList();
    }

    private static String render(List<RoomEvent> events) {
        StringBuilder text = new StringBuilder();
        for (RoomEvent event : events) {
            if (event instanceof RoomEvent.MessagesChanged news) {
                news.entries()
                        .forEach(entry -> text.append(entry.message().body()).append(' '));
            }
        }
        return text.toString();
    }
}
