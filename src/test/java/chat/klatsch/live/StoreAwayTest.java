package chat.klatsch.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.RoomId;
import chat.klatsch.core.User;
import chat.klatsch.core.UserId;
import chat.klatsch.message.Draft;
import chat.klatsch.room.Room;
import chat.klatsch.web.socket.TextFrame;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class StoreAwayTest {
    private static final Pattern MESSAGE = Pattern.compile("\\[[^]]*]");

    private final User alice = new User(new UserId(1), "alice", "Alice");
    private final User bob = new User(new UserId(2), "bob", "Bob");

    @RegisterExtension
    final MemoryLobby memory = new MemoryLobby((zone, events) -> TextFrame.of(render(events)), Clock.systemUTC());

    private final ChatRoomService rooms = memory.service;
    private final Room lobby = memory.room;
    private final MemoryStore store = memory.store;

    @Test
    void without_the_store_posts_are_refused_and_connections_stay_open() {
        RecordingConnection hers = enter(alice);
        post("before");
        await().until(() -> messages(hers).equals("[before]"));

        store.away(true);
        assertThatThrownBy(() -> post("lost")).isInstanceOfSatisfying(ChatException.class, refusal -> {
            assertThat(refusal.kind()).isEqualTo(ChatException.Kind.UNAVAILABLE);
            assertThat(refusal.retryAfter()).isPositive();
        });
        RecordingConnection his = new RecordingConnection(bob);
        rooms.enter(lobby, his, OptionalLong.of(0), OptionalLong.empty());
        rooms.onTyping(lobby, alice);

        store.away(false);
        post("after");
        await().atMost(Duration.ofSeconds(5)).until(() -> messages(his).equals("[before][after]"));
        assertThat(messages(hers)).isEqualTo("[before][after]");
        await().until(() -> rooms.roster(lobby).online() == 2);
    }

    @Test
    void a_user_who_comes_and_leaves_while_the_store_is_away_is_not_present_afterwards() {
        RecordingConnection hers = enter(alice);
        store.away(true);
        RecordingConnection his = new RecordingConnection(bob);
        rooms.enter(lobby, his, OptionalLong.of(7), OptionalLong.empty());
        rooms.leave(lobby, his);
        store.away(false);
        post("anything");
        await().until(() -> messages(hers).equals("[anything]"));
        await().until(() -> rooms.roster(lobby).online() == 1);
        assertThat(messages(his)).isEmpty();
    }

    @Test
    void a_client_whose_cursor_is_ahead_of_the_room_gets_the_presence_list() {
        RecordingConnection hers = enter(alice);
        store.append(
                RoomId.LOBBY,
                List.of(new Draft(alice, "committed elsewhere", "")),
                Clock.systemUTC().instant());
        RecordingConnection second = new RecordingConnection(alice);
        rooms.enter(lobby, second, OptionalLong.of(1), OptionalLong.empty());
        await().until(() -> second.frames().stream().anyMatch(frame -> frame.startsWith("1 online")));
        assertThat(messages(second)).isEmpty();
        assertThat(messages(hers)).isEqualTo("[committed elsewhere]");
    }

    /** Connects a user and waits until the connection receives messages. */
    private RecordingConnection enter(User user) {
        RecordingConnection connection = new RecordingConnection(user);
        rooms.enter(lobby, connection, OptionalLong.empty(), OptionalLong.empty());
        await().until(() -> rooms.roster(lobby).online() == 1);
        return connection;
    }

    private void post(String text) {
        rooms.postAndWait(lobby, new Draft(alice, text, ""));
    }

    private static String messages(RecordingConnection screen) {
        return screen.frames().stream()
                .flatMap(frame -> MESSAGE.matcher(frame).results())
                .map(MatchResult::group)
                .collect(Collectors.joining());
    }

    private static String render(List<RoomEvent> events) {
        return events.stream()
                .map(event -> {
                    if (event instanceof RoomEvent.MessagesChanged news) {
                        return news.entries().stream()
                                .map(entry -> "[" + entry.message().body() + "]")
                                .collect(Collectors.joining());
                    }
                    return event instanceof RoomEvent.PresenceChanged changed
                            ? changed.roster().online() + " online "
                            : "";
                })
                .collect(Collectors.joining());
    }
}
