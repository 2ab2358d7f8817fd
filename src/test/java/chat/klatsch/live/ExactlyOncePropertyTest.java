package chat.klatsch.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.klatsch.core.Limit;
import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.ChatExtension;
import chat.klatsch.fixture.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Checks with random concurrent sends that each message arrives once and in the same order for everybody. */
class ExactlyOncePropertyTest {
    private static final int AUTHORS = 4;

    @RegisterExtension
    static final ChatExtension chat = ChatExtension.with(config -> config.limit(Limit.POSTS_PER_MINUTE, 0));

    /** One send, of few authors, keys and texts, so that many of them are repetitions. */
    record Send(int author, int key, int text, boolean bySocket) {
        static Send random(RandomGenerator random) {
            return new Send(random.nextInt(AUTHORS), random.nextInt(4), random.nextInt(3), random.nextBoolean());
        }

        String name() {
            return author + "/" + key + "/" + text;
        }
    }

    private final List<ChatClient> authors =
            IntStream.range(0, AUTHORS).mapToObj(i -> chat.join("author" + i)).toList();
    private final ChatClient observer = authors.get(0).tab().connect();
    private int round;

    @Test
    void every_message_arrives_once_in_one_order() {
        Seeds.forEach(
                40,
                random -> everyMessageArrivesOnceInOneOrder(Stream.generate(() -> Send.random(random))
                        .limit(random.nextInt(61))
                        .toList()));
        observer.close();
    }

    private void everyMessageArrivesOnceInOneOrder(List<Send> sends) {
        String series = "round " + ++round + ": ";
        long before = authors.get(0).posts(series + "begins");
        Map<String, Long> acknowledged = new ConcurrentHashMap<>();
        List<CompletableFuture<Void>> everyone = new ArrayList<>();
        for (int i = 0; i < AUTHORS; i++) {
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
        await().untilAsserted(() -> assertThat(authors.get(1).seen()).endsWith(seen.toArray(ChatClient.Seen[]::new)));
    }

    private void send(String series, Send send, Map<String, Long> acknowledged) {
        ChatClient author = authors.get(send.author());
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
}
