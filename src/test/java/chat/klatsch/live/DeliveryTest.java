package chat.klatsch.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.klatsch.core.Limit;
import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.ChatExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DeliveryTest {
    /** The messages of a poster that are under way at a time. */
    private static final int UNDER_WAY = 5;

    private static final Pattern SEQ = Pattern.compile("data-seq=\"(\\d+)\"");
    private static final Pattern BODY = Pattern.compile("<div class=\"body\"[^>]*>([^<]*)</div>");

    @RegisterExtension
    final ChatExtension chat = ChatExtension.with(config -> config.limit(Limit.POSTS_PER_MINUTE, 0)
            .limit(Limit.CONNECTIONS_PER_USER, 0)
            .limit(Limit.CONNECTIONS_PER_ADDRESS, 0));

    private final List<ChatClient> clients = new ArrayList<>();

    @AfterEach
    void stop() {
        clients.forEach(ChatClient::close);
    }

    @Test
    void two_hundred_sockets_have_two_thousand_posts_in_the_same_order_exactly_once() {
        int posters = 20;
        int postsEach = 100;
        int tabsEach = 10;
        List<ChatClient> writers = new ArrayList<>();
        for (int i = 0; i < posters; i++) {
            ChatClient poster = join("poster" + i);
            writers.add(poster);
            IntStream.range(1, tabsEach).forEach(tab -> clients.add(poster.tab().connect("rooms/lobby/live")));
        }
        await().until(() -> clients.stream().noneMatch(client -> client.frames().isEmpty()));
        List<CompletableFuture<Void>> postPages = writers.stream()
                .map(client -> CompletableFuture.runAsync(() -> {
                    for (int n = 0; n < postsEach; n++) {
                        String text = client.username() + " says " + n;
                        client.sends("{\"body\":\"%s\",\"key\":\"%s\"}".formatted(text, n));
                        if (n % UNDER_WAY == 0) {
                            // What is on its way to all fits in a send queue, whose client would otherwise be cut off.
                            await().until(() -> client.frames().stream().anyMatch(frame -> frame.contains(text + "<")));
                        }
                    }
                }))
                .toList();
        postPages.forEach(CompletableFuture::join);

        int posts = posters * postsEach;
        List<ChatClient> behind = new ArrayList<>(clients);
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            behind.removeIf(client -> all(SEQ, client).size() >= posts);
            return behind.isEmpty();
        });
        List<String> everySeq =
                LongStream.rangeClosed(1, posts).mapToObj(Long::toString).toList();
        List<String> bodies = all(BODY, clients.get(0));
        for (ChatClient client : clients) {
            assertThat(all(SEQ, client)).isEqualTo(everySeq);
            assertThat(all(BODY, client)).isEqualTo(bodies);
        }
        assertThat(bodies).doesNotHaveDuplicates();
        for (int i = 0; i < posters; i++) {
            String own = "poster" + i + " says ";
            assertThat(bodies.stream().filter(body -> body.startsWith(own)))
                    .as("a person's own messages keep their order")
                    .isEqualTo(
                            IntStream.range(0, postsEach).mapToObj(n -> own + n).toList());
        }
    }

    @Test
    void the_same_key_and_text_is_one_message_over_form_and_socket() {
        ChatClient alice = join("alice");
        ChatClient bob = join("bob");
        List<CompletableFuture<Long>> sends = IntStream.range(0, 20)
                .mapToObj(n -> CompletableFuture.supplyAsync(() -> alice.posts("once", "key")))
                .toList();
        IntStream.range(0, 20).forEach(n -> alice.sends("{\"body\":\"once\",\"key\":\"key\"}"));
        assertThat(sends.stream().map(CompletableFuture::join)).containsOnly(1L);

        assertThat(alice.posts("once", "another key")).isEqualTo(2);
        assertThat(alice.posts("another text", "key")).isEqualTo(3);
        assertThat(bob.posts("once", "key")).isEqualTo(4);
        bob.sees("another text");
        await().until(() -> bob.seen().size() == 4);
        assertThat(bob.bodies()).containsExactly("once", "once", "another text", "once");
    }

    @Test
    void a_reconnecting_client_gets_missed_messages_in_order_and_once() {
        ChatClient alice = join("alice");
        ChatClient bob = join("bob");
        alice.posts("while bob is here");
        bob.sees("while bob is here");
        bob.disconnect();
        for (int n = 2; n <= 450; n++) {
            alice.posts("message " + n);
        }
        ChatClient back = bob.tab();
        clients.add(back);
        back.connectAfter(1);
        CompletableFuture<Void> meanwhile = CompletableFuture.runAsync(
                () -> IntStream.rangeClosed(451, 500).forEach(n -> alice.posts("message " + n)));
        meanwhile.join();
        await().until(() -> back.seen().size() >= 499);
        assertThat(back.seen().stream().map(ChatClient.Seen::seq))
                .isEqualTo(LongStream.rangeClosed(2, 500).boxed().toList());
    }

    @Test
    void a_client_does_not_get_what_was_deleted_since_another_caught_up() {
        ChatClient alice = join("alice");
        ChatClient bob = join("bob");
        alice.posts("first");
        long regretted = alice.posts("regretted");
        bob.sees("regretted");
        ChatClient early = bob.tab();
        clients.add(early);
        early.connectAfter(1).sees("regretted");
        assertThat(alice.postStatus("rooms/lobby/messages/" + regretted + "/delete", Map.of()))
                .isEqualTo(303);
        ChatClient late = bob.tab();
        clients.add(late);
        late.connectAfter(1);
        alice.posts("afterwards");
        late.sees("afterwards");
        assertThat(late.frames()).noneMatch(frame -> frame.contains("regretted"));
    }

    @Test
    void a_client_with_a_cursor_in_the_future_gets_new_messages() {
        ChatClient alice = join("alice");
        ChatClient eager = alice.tab();
        clients.add(eager);
        eager.connectAfter(1_000_000);
        await().until(() -> !eager.frames().isEmpty());
        alice.posts("now");
        eager.sees("now");
        assertThat(eager.seen()).hasSize(1);
    }

    private ChatClient join(String username) {
        ChatClient client = chat.join(username);
        clients.add(client);
        return client;
    }

    private static List<String> all(Pattern pattern, ChatClient client) {
        return client.frames().stream()
                .flatMap(frame -> pattern.matcher(frame).results())
                .map(result -> result.group(1))
                .toList();
    }
}
