package chat.klatsch.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.klatsch.core.ReaderStyle;
import chat.klatsch.core.User;
import chat.klatsch.core.UserId;
import chat.klatsch.message.Draft;
import chat.klatsch.room.Room;
import chat.klatsch.web.socket.TextFrame;
import java.time.Clock;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ZonesTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    /** The time zones for which changes have been rendered. */
    private final List<ZoneId> rendered = new CopyOnWriteArrayList<>();

    @RegisterExtension
    final MemoryLobby memory =
            new MemoryLobby((style, events) -> TextFrame.of(render(style.reader(), events)), Clock.systemUTC());

    private final ChatRoomService rooms = memory.service;
    private final Room lobby = memory.room;

    @Test
    void a_message_is_rendered_once_per_zone() {
        List<RecordingConnection> londoners = connections(500, ZoneOffset.UTC);
        post("one");
        seen(londoners, "Z one");
        assertThat(rendered).containsExactly(ZoneOffset.UTC);

        List<RecordingConnection> berliners = connections(20, BERLIN);
        rendered.clear();
        post("two");
        seen(londoners, "Z two");
        seen(berliners, "Europe/Berlin two");
        assertThat(rendered).containsExactlyInAnyOrder(ZoneOffset.UTC, BERLIN);
    }

    @Test
    void missed_messages_are_rendered_once_per_zone() {
        post("one");
        List<RecordingConnection> all = Stream.concat(
                        connections(50, ZoneOffset.UTC).stream(), connections(50, BERLIN).stream())
                .toList();
        rendered.clear();
        List<RecordingConnection> late = IntStream.range(0, 20)
                .mapToObj(n -> new RecordingConnection(new User(new UserId(5_000 + n), "late" + n, "Late"), BERLIN))
                .toList();
        late.forEach(screen -> rooms.enter(lobby, screen, OptionalLong.of(0), OptionalLong.empty()));
        seen(late, "Europe/Berlin one");
        assertThat(rendered).isNotEmpty().containsOnly(BERLIN);
        assertThat(all).noneMatch(screen -> screen.frames().toString().contains("one"));
    }

    @Test
    void concurrent_delivery_renders_once_per_zone_and_keeps_the_order_for_everybody() {
        List<RecordingConnection> londoners = connections(1_500, ZoneOffset.UTC);
        List<RecordingConnection> berliners = connections(1_500, BERLIN);
        List<Integer> numbers = IntStream.rangeClosed(1, 20).boxed().toList();
        for (int number : numbers) {
            rendered.clear();
            post(number + ".");
            seen(londoners, "Z %s.".formatted(number));
            seen(berliners, "Europe/Berlin %s.".formatted(number));
            assertThat(rendered).containsExactlyInAnyOrder(ZoneOffset.UTC, BERLIN);
        }
        assertThat(londoners).allMatch(screen -> said(screen).equals(all("Z %s.", numbers)));
        assertThat(berliners).allMatch(screen -> said(screen).equals(all("Europe/Berlin %s.", numbers)));
    }

    private static String said(RecordingConnection screen) {
        return String.join("", screen.frames()).replace("|", "");
    }

    private static String all(String text, List<Integer> numbers) {
        return numbers.stream().map(text::formatted).collect(Collectors.joining());
    }

    private List<RecordingConnection> connections(int count, ZoneId zone) {
        int first = zone.hashCode();
        List<RecordingConnection> screens = IntStream.range(0, count)
                .mapToObj(n ->
                        new RecordingConnection(new User(new UserId(first + n), zone.getId() + n, "Somebody"), zone))
                .toList();
        screens.forEach(screen -> rooms.enter(lobby, screen, OptionalLong.empty(), OptionalLong.empty()));
        await().until(() -> screens.stream().noneMatch(screen -> screen.frames().isEmpty()));
        return screens;
    }

    private void post(String text) {
        rooms.postAndWait(lobby, new Draft(new User(new UserId(1), "alice", "Alice"), text, ""));
    }

    private static void seen(List<RecordingConnection> screens, String text) {
        await().until(() -> screens.stream()
                .allMatch(screen -> String.join("|", screen.frames()).contains(text)));
    }

    private String render(ReaderStyle style, List<RoomEvent> events) {
        StringBuilder text = new StringBuilder("|");
        for (RoomEvent event : events) {
            if (event instanceof RoomEvent.MessagesChanged news) {
                rendered.add(style.zone());
                news.entries()
                        .forEach(entry -> text.append(
                                style.zone().getId() + " " + entry.message().body()));
            }
        }
        return text.toString();
    }
}
