package chat.klatsch.web.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.klatsch.core.ChatException;
import chat.klatsch.fixture.RouteTest;
import io.javalin.testtools.HttpClient;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class HealthChecksTest {
    private final AtomicBoolean databaseAnswers = new AtomicBoolean(true);
    private final HealthChecks health = new HealthChecks(databaseAnswers::get);

    @Test
    void the_node_is_live_and_ready_while_the_database_answers() {
        run(client -> {
            assertThat(client.get("/healthz").body().string()).isEqualTo("ok\n");
            assertThat(client.get("/readyz").code()).isEqualTo(200);
        });
    }

    @Test
    void the_node_is_live_but_not_ready_without_the_database() {
        databaseAnswers.set(false);
        run(client -> {
            assertThat(client.get("/healthz").code()).isEqualTo(200);
            assertThat(client.get("/readyz").code()).isEqualTo(503);
            databaseAnswers.set(true);
            assertThat(client.get("/readyz").code()).isEqualTo(200);
        });
    }

    @Test
    void a_node_that_is_shutting_down_is_not_ready_and_refuses_connections() {
        health.refuseWhileStopping();
        health.markStopping();
        run(client -> {
            assertThat(client.get("/healthz").code()).isEqualTo(200);
            assertThat(client.get("/readyz").code()).isEqualTo(503);
        });
        assertThatThrownBy(health::refuseWhileStopping).isInstanceOf(ChatException.class);
    }

    private void run(Consumer<HttpClient> test) {
        RouteTest.run(routes -> routes.get("/healthz", health::live).get("/readyz", health::ready), test);
    }
}
