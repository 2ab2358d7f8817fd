package chat.klatsch.browser;

import static chat.klatsch.fixture.Await.eventually;
import static chat.klatsch.fixture.Await.throughout;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import chat.klatsch.core.Limit;
import chat.klatsch.fixture.BrowserUser;
import chat.klatsch.fixture.Browsers;
import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.ChatExtension;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Route;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class BrowserHistoryTest {
    private static final List<String> STORED = numbered(1, 180);

    @RegisterExtension
    final Browsers browsers = new Browsers();

    @RegisterExtension
    final ChatExtension chat = ChatExtension.with(config -> config.limit(Limit.POSTS_PER_MINUTE, 0));

    private final ChatClient bob = chat.user("bob");
    private BrowserUser alice;

    @BeforeEach
    void start() {
        STORED.forEach(bob::posts);
        alice = browsers.join(chat, "alice");
    }

    @Test
    void scrolling_up_loads_all_messages_in_order_and_once() {
        assertThat(alice.bodies()).isEqualTo(STORED.subList(130, 180));
        eventually(() -> {
            alice.scrolls(-3_000);
            return alice.bodies().size() >= STORED.size();
        });
        assertThat(alice.bodies()).isEqualTo(STORED);
        eventually(() -> alice.page().locator("#older").count() == 0);
    }

    @Test
    void the_page_does_not_jump_when_older_messages_load() {
        List<Route> held = new ArrayList<>();
        alice.page().route(Pattern.compile("messages.before="), held::add);
        Locator reading = alice.message("message 135");
        reading.scrollIntoViewIfNeeded();
        alice.page().waitForCondition(() -> !held.isEmpty());
        double top = alice.top(reading);

        held.get(0).resume();
        eventually(() -> alice.bodies().size() > 50);
        throughout(Duration.ofMillis(300), () -> Math.abs(alice.top(reading) - top) < 2);
    }

    @Test
    void new_messages_do_not_scroll_a_reader_of_old_ones() {
        Locator reading = alice.message("message 150");
        reading.scrollIntoViewIfNeeded();
        double top = alice.top(reading);
        numbered(181, 200).forEach(bob::posts);
        alice.sees("message 200");
        assertThat(alice.top(reading)).isCloseTo(top, within(2.0));
        assertThat(alice.isInView(alice.message("message 200"))).isFalse();
    }

    @Test
    void new_messages_keep_a_reader_at_the_end_there() {
        assertThat(alice.isInView(alice.message("message 180"))).isTrue();
        numbered(181, 200).forEach(bob::posts);
        alice.sees("message 200");
        eventually(() -> alice.isInView(alice.message("message 200")));
        assertThat(alice.isInView(alice.message("message 180"))).isFalse();
    }

    private static List<String> numbered(int first, int last) {
        return IntStream.rangeClosed(first, last)
                .mapToObj(number -> "message " + number)
                .toList();
    }
}
