package chat.klatsch.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.klatsch.core.User;
import chat.klatsch.core.UserId;
import chat.klatsch.message.Draft;
import chat.klatsch.room.Room;
import chat.klatsch.web.socket.TextFrame;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A room while the clock of the machine is set. */
class JumpingClockTest {
    private final SetClock clock = new SetClock();

    @RegisterExtension
    final MemoryLobby memory = new MemoryLobby(
            (style, events) -> TextFrame.of(
                    events.stream().map(JumpingClockTest::render).collect(Collectors.joining("|", "|", "|"))),
            clock);

    private final ChatRoomService rooms = memory.service;
    private final Room lobby = memory.room;

    /** The machine's clock, which somebody sets. */
    private static final class SetClock extends Clock {
        private volatile Duration set = Duration.ZERO;

        @Override
        public Instant instant() {
            return Instant.now().plus(set);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 1})
    void people_come_leave_type_and_write_as_before(int hours) {
        RecordingConnection alice = new RecordingConnection(new User(new UserId(1), "alice", "Alice"));
        RecordingConnection bob = new RecordingConnection(new User(new UserId(2), "bob", "Bob"));
        rooms.enter(lobby, alice, OptionalLong.empty(), OptionalLong.empty());
        rooms.enter(lobby, bob, OptionalLong.empty(), OptionalLong.empty());
        sees(alice, "|present 2|");
        assertThat(rooms.postAndWait(lobby, new Draft(bob.user(), "one", "one")).seq())
                .isEqualTo(1);
        sees(alice, "|one|");
        rooms.onTyping(lobby, bob.user());
        sees(alice, "|typing 1|");

        clock.set = Duration.ofHours(hours);
        assertThat(rooms.postAndWait(lobby, new Draft(alice.user(), "two", "two"))
                        .seq())
                .isEqualTo(2);
        sees(bob, "|two|");
        rooms.leave(lobby, bob);
        sees(alice, "|present 1|");
        sees(alice, "|typing 0|");
        rooms.enter(lobby, bob, OptionalLong.empty(), OptionalLong.empty());
        clock.set = Duration.ZERO;
        rooms.leave(lobby, bob);
        await().atMost(Duration.ofSeconds(3)).until(() -> present(alice) == 1);
    }

    private static void sees(RecordingConnection screen, String text) {
        await().atMost(Duration.ofSeconds(7))
                .until(() -> String.join("", screen.frames()).contains(text));
    }

    private static int present(RecordingConnection screen) {
        String all = String.join("", screen.frames());
        int last = all.lastIndexOf("|present ");
        return all.charAt(last + "|present ".length()) - '0';
    }

    private static String render(RoomEvent event) {
        if (event instanceof RoomEvent.MessagesChanged news) {
            return news.entries().stream().map(entry -> entry.message().body()).collect(Collectors.joining("|"));
        } else if (event instanceof RoomEvent.PresenceChanged presence) {
            return "present " + presence.roster().online();
        } else if (event instanceof RoomEvent.TypingChanged typing) {
            return "typing " + typing.users().size();
        }
        return "";
    }
}
