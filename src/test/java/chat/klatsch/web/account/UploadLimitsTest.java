package chat.klatsch.web.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.ChatExtension;
import chat.klatsch.fixture.Images;
import chat.klatsch.fixture.SlowClient;
import chat.klatsch.fixture.Upload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class UploadLimitsTest {
    /** More than fit into the memory of one network. */
    private static final int MANY = 4;

    /** Each try counts against the user's ten uploads a minute. */
    private static final Duration PAUSE = Duration.ofMillis(500);

    @RegisterExtension
    static final ChatExtension chat = ChatExtension.with(config -> config.trustedProxies("127.0.0.1"));

    private final ChatClient alice = chat.user("alice");

    @Test
    void a_network_uploads_few_large_files_at_once_and_clients_that_leave_make_room() throws IOException {
        byte[] large = Arrays.copyOf(Images.file("still.png"), 4_500_000);
        List<SlowClient> unfinished = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            unfinished.add(begins("203.0.113.1"));
        }
        await().pollInterval(PAUSE).until(() -> upload("203.0.113.1", large).contains("Too many users are uploading"));
        assertThat(upload("203.0.113.1", large)).startsWith("HTTP/1.1 503 ").contains("Retry-After: 5");
        assertThat(upload("203.0.113.2", large)).doesNotContain("HTTP/1.1 503 ");
        unfinished.forEach(SlowClient::close);
        await().pollInterval(PAUSE).until(() -> !upload("203.0.113.1", large).startsWith("HTTP/1.1 503 "));
    }

    /** Sends the beginning of an upload. */
    private SlowClient begins(String network) {
        return new SlowClient(chat.port()).sends(head(network, 4_000_000) + "x".repeat(100_000));
    }

    private String upload(String network, byte[] file) {
        String form = new String(Upload.form("me.png", file), StandardCharsets.ISO_8859_1);
        try (SlowClient client = new SlowClient(chat.port())) {
            return client.sends(head(network, form.length()) + form).reads();
        }
    }

    private String head(String network, int length) {
        return "POST /settings/avatar HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: " + network + "\r\n"
                + alice.cookieLine() + "\r\nContent-Type: " + Upload.TYPE + "\r\nContent-Length: " + length
                + "\r\n\r\n";
    }
}
