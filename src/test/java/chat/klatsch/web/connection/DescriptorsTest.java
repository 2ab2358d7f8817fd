package chat.klatsch.web.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.JarProcess;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that may open few files. */
class DescriptorsTest {
    private static final int FILES = 400;

    @TempDir
    Path scratch;

    @Test
    void without_descriptors_new_connections_are_refused_and_the_old_ones_go_on() throws IOException {
        try (JarProcess chat = JarProcess.ofClasses(
                        scratch,
                        "ulimit -n " + FILES,
                        Map.of(),
                        "--port=0",
                        "--data=" + scratch.resolve("data"),
                        "--limits.connectionsPerAddress=0");
                ChatClient alice = new ChatClient(chat.url(), "alice").signUp().connect()) {
            int port = URI.create(chat.url()).getPort();
            List<Socket> idle = new ArrayList<>();
            for (boolean refused = false; !refused; ) {
                assertThat(idle).hasSizeLessThan(FILES);
                Socket socket = new Socket("127.0.0.1", port);
                idle.add(socket);
                refused = isRefused(socket);
            }
            alice.sends("{\"body\":\"still here\",\"key\":\"still here\"}");
            alice.sees("still here");
            for (Socket socket : idle) {
                socket.close();
            }
            await().atMost(Duration.ofSeconds(5)).until(() -> !isRefused(new Socket("127.0.0.1", port)));
            ChatClient bob = new ChatClient(chat.url(), "bob").signUp();
            bob.posts("again");
            alice.sees("again");
            assertThat(chat.errors().lines().filter(line -> line.contains(" WARN ")))
                    .singleElement()
                    .asString()
                    .contains("New connections are closed at once");
        }
    }

    /** Returns whether the server closes a connection although it waits for a request. */
    private static boolean isRefused(Socket socket) throws IOException {
        socket.setSoTimeout(10);
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException open) {
            return false;
        } catch (SocketException reset) {
            return true;
        }
    }
}
