package chat.klatsch.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.klatsch.ChatServer;
import chat.klatsch.core.Limit;
import chat.klatsch.fixture.ChatClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Whatever four people send at once, over whichever door and however often, each message is there once and in one order. */
class ExactlyOncePropertyTest {
    private static final int PEOPLE = 4;

    /** One send: few authors, keys and texts, so that many of them meet. */
    record Send(int author, int key, int text, boolean bySocket) {
        String name() {
            return author + "/" + key + "/" + text;
        }
    }

    private static ChatServer chat;
    private static final List<ChatClient> people = new ArrayList<>();
    private static ChatClient observer;
    private static int round;

    @BeforeContainer
    static void start() throws IOException {
        Path directory = Files.createTempDirectory("klatsch");
        chat = ChatServer.start(
                config -> config.port(0).dataDirectory(directory).limit(Limit.POSTS_PER_MINUTE, 0));
        for (int i = 0; i < PEOPLE; i++) {
            people.add(ChatClient.join(chat, "person" + i));
        }
        observer = people.get(0).tab().connect();
    }

    @AfterContainer
    static void stop() {
        people.forEach(ChatClient::close);
        observer.close();
        chat.close();
    }

    @Property(tries = 40, shrinking = ShrinkingMode.OFF)
    void every_message_is_there_once_in_one_order(@ForAll("sends") List<Send> sends) {
        String series = "round " + ++round + ": ";
        long before = people.get(0).posts(series + "begins");
        Map<String, Long> acknowledged = new ConcurrentHashMap<>();
        List<CompletableFuture<Void>> everyone = new ArrayList<>();
        for (int i = 0; i < PEOPLE; i++) {
            int author = i;
            everyone.add(CompletableFuture.runAsync(() -> sends.stream()
                    .filter(send -> send.author() == author)
                    .forEach(send -> send(series, send, acknowledged))));
        }
        everyone.forEach(CompletableFuture::join);
        long distinct = sends.stream().map(Send::name).distinct().count();

        long last = before + distinct;
        await().until(() -> observer.seen().stream().anyMatch(message -> message.seq() == last) || distinct == 0);
        List<ChatClient.Seen> seen = observer.seen().stream()
                .filter(message -> message.seq() > before)
                .toList();
        assertThat(seen.stream().map(ChatClient.Seen::seq))
                .isEqualTo(LongStream.rangeClosed(before + 1, last).boxed().toList());
        assertThat(seen.stream().map(message -> message.author() + message.body()))
                .doesNotHaveDuplicates();
        Map<Long, String> bodies = seen.stream().collect(Collectors.toMap(ChatClient.Seen::seq, ChatClient.Seen::body));
        acknowledged.forEach((name, seq) -> assertThat(bodies.get(seq)).isEqualTo(series + name));
        await().untilAsserted(() -> assertThat(people.get(1).seen()).endsWith(seen.toArray(ChatClient.Seen[]::new)));
    }

    private static void send(String series, Send send, Map<String, Long> acknowledged) {
        ChatClient author = people.get(send.author());
        String body = series + send.name();
        String key = series + send.key();
        if (send.bySocket()) {
            author.sends("{\"body\":\"%s\",\"key\":\"%s\"}".formatted(body, key));
        } else {
            long seq = author.posts(body, key);
            Long earlier = acknowledged.put(send.name(), seq);
            assertThat(earlier).isIn(null, seq);
        }
    }

    @Provide
    Arbitrary<List<Send>> sends() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, PEOPLE - 1),
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.of(true, false))
                .as(Send::new)
                .list()
                .ofMaxSize(60);
    }
}
