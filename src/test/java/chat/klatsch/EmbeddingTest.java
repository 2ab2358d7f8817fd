package chat.klatsch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.RoomId;
import chat.klatsch.fixture.ChatClient;
import chat.klatsch.message.Message;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddingTest {
    @TempDir
    Path directory;

    @Test
    void a_program_posts_to_people_and_hears_what_they_say() throws Exception {
        try (ChatServer chat = ChatServer.start(config -> config.port(0).dataDirectory(directory));
                ChatClient alice = ChatClient.join(chat, "alice")) {
            List<String> heard = new CopyOnWriteArrayList<>();
            AutoCloseable listener = chat.rooms().listen(RoomId.LOBBY, message -> {
                heard.add(message.body());
                if (message.body().equals("message 3")) {
                    throw new IllegalStateException("a listener that fails misses nothing");
                }
            });

            Message posted = chat.rooms().post(RoomId.LOBBY, "Alice", "said by a program");
            alice.sees("said by a program");
            assertThat(posted.seq()).isEqualTo(1);
            IntStream.rangeClosed(1, 5).forEach(n -> alice.posts("message " + n));
            await().until(() -> heard.size() == 6);
            assertThat(heard)
                    .containsExactly(
                            "said by a program", "message 1", "message 2", "message 3", "message 4", "message 5");

            listener.close();
            alice.posts("not heard");
            alice.sees("not heard");
            assertThat(heard).hasSize(6);
        }
    }

    @Test
    void unknown_people_and_rooms_are_refused() {
        try (ChatServer chat = ChatServer.start(config -> config.port(0).dataDirectory(directory))) {
            assertThatThrownBy(() -> chat.rooms().post(RoomId.LOBBY, "nobody", "hello"))
                    .isInstanceOf(ChatException.class);
            assertThatThrownBy(() -> chat.rooms().listen(new RoomId("nowhere"), message -> {}))
                    .isInstanceOf(ChatException.class);
        }
    }
}
