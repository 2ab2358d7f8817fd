package chat.klatsch.web.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.ChatExtension;
import chat.klatsch.fixture.RawHttp;
import chat.klatsch.fixture.StalledReader;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class UpgradeTest {
    @RegisterExtension
    final ChatExtension chat = ChatExtension.withDefaults();

    @Test
    void no_upgrade_creates_a_servlet_session_or_cookie() throws Exception {
        String cookie = chat.user("alice").cookieLine();
        for (int i = 0; i < 50; i++) {
            for (String path : new String[] {"/nope/live", "/rooms/nowhere/live", "/rooms/lobby/live"}) {
                RawHttp.Answer answer = RawHttp.upgrade(chat.port(), "GET " + path + " HTTP/1.1", cookie);
                assertThat(answer.header("Set-Cookie")).isEmpty();
                assertThat(answer.status()).isIn(101, 404, 429);
            }
            assertThat(RawHttp.upgrade(chat.port(), "GET /rooms/lobby/live HTTP/1.1")
                            .status())
                    .isEqualTo(401);
        }
        await().until(() -> onTheHeap("org.eclipse.jetty.session.ManagedSession"), sessions -> sessions < 50);
    }

    @Test
    void each_reconnection_has_an_address_of_its_own() {
        ChatClient alice = chat.user("alice");
        Set<String> addresses = new HashSet<>();
        for (int i = 0; i < 3; i++) {
            String address =
                    alice.page("rooms/lobby/connection").selectFirst("#live").attr("hx-ws:connect");
            assertThat(alice.connects(address.substring(1))).isEqualTo(101);
            addresses.add(address.replaceFirst("\\?.*", ""));
        }
        assertThat(addresses).hasSize(3).allMatch(address -> address.startsWith("/rooms/lobby/live/"));
        assertThat(chat.visitor().connects("rooms/lobby/live/1")).isEqualTo(401);
    }

    @Test
    void an_open_socket_does_not_retain_its_upgrade_request() throws Exception {
        ChatClient alice = chat.user("alice");
        List<StalledReader> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < 10; i++) {
                sockets.add(new StalledReader(alice));
            }
            await().until(() -> onTheHeap("org.eclipse.jetty.websocket.core.WebSocketConnection") >= 10);
            await().until(
                            () -> onTheHeap("org.eclipse.jetty.server.internal.HttpConnection"),
                            connections -> connections < 10);
        } finally {
            sockets.forEach(StalledReader::close);
        }
    }

    @Test
    void a_closed_socket_leaves_nothing_behind() throws Exception {
        ChatClient alice = chat.user("alice");
        List<String> kept = List.of(
                "chat.klatsch.web.socket.SendQueue",
                "chat.klatsch.web.socket.SocketSession",
                "chat.klatsch.live.Subscribers$Subscriber");
        // Of the servers of other tests.
        long others = onTheHeap(kept.get(0));
        List<StalledReader> sockets = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            sockets.add(new StalledReader(alice, i % 2 == 0 ? "live?after=0" : "live?resume"));
        }
        await().until(() -> onTheHeap(kept.get(0)) == others + 10);
        sockets.forEach(StalledReader::close);
        assertThat(kept).allSatisfy(type -> await().until(() -> onTheHeap(type), instances -> instances < others + 3));
    }

    /** Returns the number of instances after a garbage collection; Jetty keeps a few for reuse. */
    private static long onTheHeap(String type) throws Exception {
        String histogram = (String) ManagementFactory.getPlatformMBeanServer()
                .invoke(
                        new ObjectName("com.sun.management:type=DiagnosticCommand"),
                        "gcClassHistogram",
                        new Object[] {new String[0]},
                        new String[] {String[].class.getName()});
        assertThat(histogram.lines().anyMatch(line -> line.endsWith(" org.eclipse.jetty.server.Server")))
                .isTrue();
        return histogram
                .lines()
                .map(line -> line.strip().split("\\s+"))
                .filter(columns -> columns.length > 3 && columns[3].equals(type))
                .mapToLong(columns -> Long.parseLong(columns[1]))
                .sum();
    }

    @Test
    void frames_are_never_compressed() {
        String cookie = chat.user("alice").cookieLine();
        RawHttp.Answer answer = RawHttp.upgrade(
                chat.port(),
                "GET /rooms/lobby/live HTTP/1.1",
                cookie,
                "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits");
        assertThat(answer.status()).isEqualTo(101);
        assertThat(answer.header("Sec-WebSocket-Extensions")).isEmpty();
    }
}
