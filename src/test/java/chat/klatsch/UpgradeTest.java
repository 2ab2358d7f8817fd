package chat.klatsch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpgradeTest {
    @Test
    void no_upgrade_refused_or_not_leaves_a_servlet_session_or_its_cookie(@TempDir Path directory) throws Exception {
        try (ChatServer chat = ChatServer.start(config -> config.port(0).dataDirectory(directory))) {
            String cookie = "Cookie: klatsch="
                    + new ChatClient(chat.url(), "alice")
                            .signUp()
                            .cookie("klatsch")
                            .orElseThrow();
            for (int i = 0; i < 50; i++) {
                for (String path : new String[] {"/nope/live", "/rooms/nowhere/live", "/rooms/lobby/live"}) {
                    Wire.Answer answer = Wire.upgrade(chat.port(), "GET " + path + " HTTP/1.1", cookie);
                    assertThat(answer.header("Set-Cookie")).isEmpty();
                    assertThat(answer.status()).isIn(101, 404, 429);
                }
                assertThat(Wire.upgrade(chat.port(), "GET /rooms/lobby/live HTTP/1.1")
                                .status())
                        .isEqualTo(401);
            }
            await().until(UpgradeTest::servletSessions, sessions -> sessions < 50);
        }
    }

    /** How many are left in the heap after a collection; a few belong to what Jetty keeps for reuse. */
    private static long servletSessions() throws Exception {
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
                .filter(line -> line.endsWith(" org.eclipse.jetty.session.ManagedSession"))
                .mapToLong(line -> Long.parseLong(line.strip().split("\\s+")[1]))
                .sum();
    }

    @Test
    void frames_are_not_compressed_whatever_is_offered(@TempDir Path directory) {
        try (ChatServer chat = ChatServer.start(config -> config.port(0).dataDirectory(directory))) {
            String cookie = "Cookie: klatsch="
                    + new ChatClient(chat.url(), "alice")
                            .signUp()
                            .cookie("klatsch")
                            .orElseThrow();
            Wire.Answer answer = Wire.upgrade(
                    chat.port(),
                    "GET /rooms/lobby/live HTTP/1.1",
                    cookie,
                    "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits");
            assertThat(answer.status()).isEqualTo(101);
            assertThat(answer.header("Sec-WebSocket-Extensions")).isEmpty();
        }
    }
}
