package chat.klatsch.web.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.klatsch.ChatServer;
import chat.klatsch.fixture.ChatClient;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConversationTest {
    @TempDir
    Path directory;

    private ChatServer chat;

    @BeforeEach
    void start() {
        chat = ChatServer.start(config -> config.port(0).dataDirectory(directory));
    }

    @AfterEach
    void stop() {
        chat.close();
    }

    @Test
    void what_one_posts_the_other_sees() {
        try (ChatClient alice = ChatClient.join(chat, "alice");
                ChatClient bob = ChatClient.join(chat, "bob")) {
            alice.posts("Good morning");
            bob.sees("Good morning");
            alice.sees("Good morning");

            bob.sends("{\"body\":\"Hello Alice\",\"key\":\"1\"}");
            alice.sees("Hello Alice");

            assertThat(alice.seen()).isEqualTo(bob.seen());
            await().until(() -> alice.online() == 2);
        }
    }
}
