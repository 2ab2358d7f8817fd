package chat.klatsch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.ChatExtension;
import chat.klatsch.fixture.Redis;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class MetricsTest {
    private static final Pattern NAME = Pattern.compile("\\b(klatsch|hikaricp|jvm|process)_[a-z_]+(?=[^a-z_.])");

    @AutoClose
    final Redis redis = new Redis();

    @RegisterExtension
    final ChatExtension chat = ChatExtension.with(config -> {});

    @Test
    void a_message_costs_one_render_however_many_receive_it() {
        ChatClient alice = chat.join("alice");
        double renders = rendersOf(alice, 5);
        List<ChatClient> others =
                IntStream.range(0, 10).mapToObj(i -> chat.join("reader" + i)).toList();
        double frames = value("klatsch_frames_total");
        assertThat(rendersOf(alice, 5)).isEqualTo(renders).isEqualTo(5);
        assertThat(value("klatsch_frames_total") - frames).isGreaterThanOrEqualTo(5 * others.size());
        assertThat(value("klatsch_connections")).isEqualTo(11);
        assertThat(value("klatsch_commit_messages_sum")).isEqualTo(10);
        assertThat(value("klatsch_rooms")).isEqualTo(1);
    }

    @Test
    void other_machines_read_the_metrics_only_where_a_setting_allows_it() {
        assertThat(chat.visitor().getStatus("metrics")).isEqualTo(200);
        for (String header : List.of("X-Forwarded-For", "Forwarded")) {
            assertThat(chat.visitor().getStatus("metrics", header, "for=198.51.100.7"))
                    .isEqualTo(404);
        }
        try (ChatServer open = start(config -> config.openMetrics(true))) {
            assertThat(new ChatClient(open.url(), "visitor").getStatus("metrics", "X-Forwarded-For", "198.51.100.7"))
                    .isEqualTo(200);
        }
    }

    @Test
    void an_app_that_measures_itself_has_the_metrics_in_its_own_registry() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        try (ChatServer guest = start(config -> config.meters(registry))) {
            assertThat(new ChatClient(guest.url(), "visitor").getStatus("metrics"))
                    .isEqualTo(404);
            assertThat(registry.get("klatsch.connections").gauge().value()).isZero();
        }
        assertThat(registry.isClosed()).isFalse();
    }

    @Test
    void dashboards_alerts_and_documents_name_metrics_that_exist() throws IOException {
        chat.configure(config -> config.redisUrl(redis.url()));
        await().until(() -> value("klatsch_redis_up") == 1);
        Set<String> existing = names(scrape());
        for (String document : List.of("monitoring.md", "deploy/grafana.json", "deploy/alerts.yml")) {
            Set<String> named = names(Files.readString(Path.of("docs", document)));
            assertThat(named).as(document).hasSizeGreaterThan(5).isSubsetOf(existing);
        }
        assertThat(names(Files.readString(Path.of("docs/monitoring.md"))).stream()
                        .map(MetricsTest::meter)
                        .collect(Collectors.toSet()))
                .containsAll(existing.stream()
                        .filter(name -> name.startsWith("klatsch_"))
                        .map(MetricsTest::meter)
                        .collect(Collectors.toSet()));
    }

    /** Posts messages one after the other, and returns the frames that were rendered for them. */
    private double rendersOf(ChatClient poster, int messages) {
        awaitNoPresence();
        double before = value("klatsch_renders_total");
        for (int i = 0; i < messages; i++) {
            String text = "message " + before + "." + i;
            poster.posts(text);
            poster.sees(text);
        }
        return value("klatsch_renders_total") - before;
    }

    /** Waits until the arrivals have been broadcast, which happens at most once a second. */
    private void awaitNoPresence() {
        double[] last = {-1};
        await().during(Duration.ofMillis(1_500)).until(() -> {
            double now = value("klatsch_renders_total");
            boolean unchanged = now == last[0];
            last[0] = now;
            return unchanged;
        });
    }

    private double value(String name) {
        return scrape().lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length())))
                .findFirst()
                .orElseThrow();
    }

    private String scrape() {
        return chat.visitor().get("metrics").body();
    }

    private static Set<String> names(String text) {
        return NAME.matcher(text).results().map(MatchResult::group).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Returns the name without the part that a summary or a timer adds. */
    private static String meter(String name) {
        return name.replaceAll("_(bucket|count|sum|max)$", "");
    }

    private static ChatServer start(Consumer<ChatConfig> settings) {
        return ChatServer.start(config -> settings.accept(config.port(0).databaseUrl("jdbc:h2:mem:metrics")));
    }
}
