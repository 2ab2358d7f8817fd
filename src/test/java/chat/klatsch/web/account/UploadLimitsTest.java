package chat.klatsch.web.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.ChatExtension;
import chat.klatsch.fixture.Images;
import chat.klatsch.fixture.Upload;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class UploadLimitsTest {
    /** Each try counts against the user's ten uploads a minute. */
    private static final Duration PAUSE = Duration.ofMillis(500);

    @RegisterExtension
    static final ChatExtension chat = ChatExtension.withDefaults();

    @Test
    void few_files_are_uploaded_at_once_and_clients_that_leave_make_room() throws IOException {
        byte[] still = Images.file("still.png");
        List<Socket> unfinished = new ArrayList<>();
        for (String name : List.of("alice", "bob", "carol")) {
            unfinished.add(begins(chat.user(name)));
            unfinished.add(begins(chat.user(name)));
        }
        ChatClient dora = chat.user("dora");
        await().pollInterval(PAUSE)
                .until(() -> Upload.avatar(dora, "me.png", still).statusCode(), status -> status == 503);
        HttpResponse<String> refused = Upload.avatar(dora, "me.png", still);
        assertThat(refused.body()).contains("Too many users are uploading");
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        assertThat(Upload.avatar(chat.user("alice"), "me.png", still).statusCode())
                .isEqualTo(429);

        for (Socket socket : unfinished) {
            socket.close();
        }
        await().pollInterval(PAUSE)
                .until(() -> Upload.avatar(chat.user("alice"), "me.png", still).statusCode(), status -> status == 303);
        assertThat(Upload.avatar(dora, "me.png", still).statusCode()).isEqualTo(303);
    }

    /** Sends the beginning of an upload. */
    private static Socket begins(ChatClient user) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), chat.port());
        String head = "POST /settings/avatar HTTP/1.1\r\nHost: 127.0.0.1:" + chat.port() + "\r\n" + user.cookieLine()
                + "\r\nContent-Type: " + Upload.TYPE + "\r\nContent-Length: 4000000\r\n\r\n--frontier\r\n";
        socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
        return socket;
    }
}
