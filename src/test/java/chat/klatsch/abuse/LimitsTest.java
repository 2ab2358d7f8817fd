package chat.klatsch.abuse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.ChatExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Abuse of WebSockets by number: too many messages, and too many connections. */
class LimitsTest {
    private static final String LIVE = "rooms/lobby/live";

    @RegisterExtension
    static final ChatExtension chat = ChatExtension.with(config -> config.passwordMemory(1));

    @Test
    void a14_a_thousand_messages_a_second_are_limited_and_end_the_socket_while_others_post_at_once() {
        ChatClient bob = chat.join("bob");
        ChatClient flood = chat.user("flood");
        AtomicInteger ended = new AtomicInteger();
        AtomicBoolean enough = new AtomicBoolean();
        Thread flooding = new Thread(() -> {
            while (!enough.get()) {
                flood.connect();
                for (int i = 0; flood.isConnected(); i++) {
                    LockSupport.parkNanos(1_000_000);
                    flood.sendsUnlessClosed("{\"body\":\"flood %s\",\"key\":\"%s\"}".formatted(i, i));
                }
                ended.addAndGet(flood.closeCode() == 1008 ? 1 : 0);
            }
        });
        List<ChatClient> others = Stream.of("ann", "ben", "cas").map(chat::join).toList();
        others.forEach(user -> user.posts("warm"));
        flooding.start();
        List<Duration> delays = new ArrayList<>();
        for (int i = 0; i < 18; i++) {
            long start = System.nanoTime();
            others.get(i % 3).posts("calm " + i);
            bob.sees("calm " + i);
            delays.add(Duration.ofNanos(System.nanoTime() - start));
        }
        await().until(() -> ended.get() >= 2);
        enough.set(true);
        Collections.sort(delays);
        assertThat(delays.get(delays.size() / 2)).as("median of %s", delays).isLessThan(Duration.ofMillis(500));
        assertThat(bob.bodies().stream().filter(body -> body.startsWith("flood")))
                .hasSizeBetween(1, 60)
                .doesNotHaveDuplicates();
        others.forEach(ChatClient::close);
        bob.close();
        flood.close();
    }

    @Test
    void a15_the_eleventh_tab_of_a_user_and_the_fifty_first_of_an_address_are_answered_429() {
        List<ChatClient> users =
                IntStream.range(0, 6).mapToObj(i -> chat.user("tabs" + i)).toList();
        List<ChatClient> tabs = users.stream()
                .limit(5)
                .flatMap(user -> IntStream.range(0, 10).mapToObj(i -> user.tab()))
                .toList();
        try {
            // A connection counts from a moment after its handshake on; of several at once, those over a limit are
            // closed.
            tabs.stream().limit(10).forEach(tab -> await().until(() -> tab.connects(LIVE) == 101));
            await().until(() -> users.get(0).connects(LIVE) == 429);
            tabs.stream().skip(10).forEach(tab -> await().until(() -> tab.connects(LIVE) == 101));
            await().until(() -> users.get(5).connects(LIVE) == 429);
        } finally {
            tabs.forEach(ChatClient::close);
        }
        await().until(() -> users.get(5).connects(LIVE) == 101);
    }
}
