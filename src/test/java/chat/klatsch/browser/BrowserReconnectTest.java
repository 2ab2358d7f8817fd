package chat.klatsch.browser;

import static chat.klatsch.fixture.Await.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import chat.klatsch.core.Limit;
import chat.klatsch.fixture.BrowserUser;
import chat.klatsch.fixture.Browsers;
import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.ChatExtension;
import chat.klatsch.fixture.ConsoleErrors;
import chat.klatsch.fixture.FaultyProxy;
import com.microsoft.playwright.Locator;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class BrowserReconnectTest {
    @RegisterExtension
    final Browsers browsers = new Browsers();

    @RegisterExtension
    final ChatExtension chat = ChatExtension.with(config -> config.limit(Limit.POSTS_PER_MINUTE, 0));

    private final ChatClient bob = chat.user("bob");

    @BeforeEach
    void post() {
        bob.posts("before");
    }

    @Test
    void a_client_reconnects_after_a_restart_and_misses_nothing() {
        BrowserUser alice = browsers.join(chat, "alice");
        alice.expectsErrors(ConsoleErrors.NETWORK);
        Locator banner = alice.page().locator("#connection .lost");
        assertThat(banner.isVisible()).isFalse();

        chat.stop();
        banner.waitFor();
        chat.startAgain();
        List<String> missed = numbered(1, 120);
        missed.forEach(bob::posts);

        alice.sees("message 120");
        assertThat(alice.bodies())
                .startsWith("before")
                .endsWith(missed.toArray(String[]::new))
                .hasSize(121);
        eventually(() -> !banner.isVisible());
        alice.says("I am back");
        alice.sees("I am back");
    }

    @Test
    void three_hundred_messages_missed_without_a_network_arrive_in_order_and_once() throws IOException {
        try (FaultyProxy proxy = new FaultyProxy(chat.port())) {
            BrowserUser alice = browsers.join(proxy.url(), "alice");
            alice.expectsErrors(ConsoleErrors.NETWORK);
            proxy.cut();
            List<String> missed = numbered(1, 330);
            missed.forEach(bob::posts);
            proxy.mend();

            alice.sees("message 330");
            assertThat(alice.bodies())
                    .startsWith("before")
                    .endsWith(missed.toArray(String[]::new))
                    .hasSize(331);
        }
    }

    @Test
    void a_browser_that_was_offline_catches_up() {
        BrowserUser alice = browsers.join(chat, "alice");
        alice.expectsErrors(ConsoleErrors.NETWORK);
        alice.context().setOffline(true);
        List<String> missed = numbered(1, 20);
        missed.forEach(bob::posts);
        alice.context().setOffline(false);

        alice.sees("message 20");
        assertThat(alice.bodies())
                .startsWith("before")
                .endsWith(missed.toArray(String[]::new))
                .hasSize(21);
    }

    @Test
    void a_silently_broken_connection_is_replaced() throws IOException {
        try (FaultyProxy proxy = new FaultyProxy(chat.port())) {
            BrowserUser alice = browsers.join(proxy.url(), "alice");
            proxy.silenceSockets();
            bob.posts("Can you hear me?");
            alice.sees("Can you hear me?");
            bob.posts("Now I can");
            alice.seesExactly(List.of("before", "Can you hear me?", "Now I can"));
        }
    }

    @Test
    void a_page_without_a_room_replaces_a_silently_broken_connection() throws IOException {
        try (FaultyProxy proxy = new FaultyProxy(chat.port())) {
            BrowserUser alice = browsers.join(proxy.url(), "alice");
            alice.goes("settings");
            alice.page()
                    .waitForCondition(
                            () -> alice.page().locator("#connection p").count() == 1);
            proxy.silenceSockets();
            bob.posts("Can you hear me?");
            eventually(() -> alice.page().title().startsWith("(1) "));
        }
    }

    @Test
    void the_back_button_returns_to_a_live_room() {
        BrowserUser alice = browsers.join(chat, "alice");
        alice.expectsErrors("status of 404");
        alice.goes("nowhere");
        bob.posts("while she was away");
        alice.page().goBack();
        alice.sees("while she was away");
        bob.posts("now that she is here");
        alice.seesExactly(List.of("before", "while she was away", "now that she is here"));
    }

    private static List<String> numbered(int first, int last) {
        return IntStream.rangeClosed(first, last)
                .mapToObj(number -> "message " + number)
                .toList();
    }
}
