package chat.klatsch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.RoomId;
import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.ChatExtension;
import chat.klatsch.message.Message;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class EmbeddingTest {
    @RegisterExtension
    final ChatExtension chat = ChatExtension.withDefaults();

    @Test
    void a_program_posts_messages_and_listens_to_a_room() throws Exception {
        ChatClient alice = chat.join("alice");
        List<String> heard = new CopyOnWriteArrayList<>();
        AutoCloseable listener = chat.server().rooms().listen(RoomId.LOBBY, message -> {
            heard.add(message.body());
            if (message.body().equals("message 3")) {
                throw new IllegalStateException("a listener that fails misses nothing");
            }
        });

        Message posted = chat.server().rooms().post(RoomId.LOBBY, "Alice", "said by a program");
        alice.sees("said by a program");
        assertThat(posted.seq()).isEqualTo(1);
        IntStream.rangeClosed(1, 5).forEach(n -> alice.posts("message " + n));
        await().until(() -> heard.size() == 6);
        assertThat(heard)
                .containsExactly("said by a program", "message 1", "message 2", "message 3", "message 4", "message 5");

        listener.close();
        alice.posts("not heard");
        alice.sees("not heard");
        assertThat(heard).hasSize(6);
    }

    @Test
    void a_slow_program_does_not_hear_what_was_deleted_meanwhile() throws Exception {
        ChatClient alice = chat.join("alice");
        List<String> heard = new CopyOnWriteArrayList<>();
        CountDownLatch busy = new CountDownLatch(1);
        try (AutoCloseable listener = chat.server().rooms().listen(RoomId.LOBBY, message -> {
            heard.add(message.body());
            await().until(() -> busy.getCount() == 0);
        })) {
            assertThat(listener).isNotNull();
            alice.posts("first");
            await().until(() -> heard.equals(List.of("first")));
            long regretted = alice.posts("regretted");
            assertThat(alice.postStatus("rooms/lobby/messages/" + regretted + "/delete", Map.of()))
                    .isEqualTo(303);
            busy.countDown();
            alice.posts("last");
            await().until(() -> heard.contains("last"));
            assertThat(heard).containsExactly("first", "last");
        }
    }

    @Test
    void unknown_users_and_rooms_are_refused() {
        assertThatThrownBy(() -> chat.server().rooms().post(RoomId.LOBBY, "nobody", "hello"))
                .isInstanceOf(ChatException.class);
        assertThatThrownBy(() -> chat.server().rooms().listen(new RoomId("nowhere"), message -> {}))
                .isInstanceOf(ChatException.class);
    }
}
