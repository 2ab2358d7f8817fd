package chat.klatsch.browser;

import static chat.klatsch.fixture.Await.eventually;
import static chat.klatsch.fixture.Await.throughout;
import static org.assertj.core.api.Assertions.assertThat;

import chat.klatsch.core.Limit;
import chat.klatsch.fixture.BrowserUser;
import chat.klatsch.fixture.Browsers;
import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.ChatExtension;
import com.microsoft.playwright.Locator;
import java.time.Duration;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Checks what a browser marks as read, and how a reader finds the first unread and the newest message. */
class BrowserReadingTest {
    @RegisterExtension
    final Browsers browsers = new Browsers();

    @RegisterExtension
    final ChatExtension chat = ChatExtension.with(config -> config.limit(Limit.POSTS_PER_MINUTE, 0));

    private final ChatClient bob = chat.user("bob");
    private final ChatClient session = chat.user("alice");
    private BrowserUser alice;
    private int reports;

    @BeforeEach
    void start() {
        IntStream.rangeClosed(1, 120).forEach(n -> bob.posts("message " + n));
        alice = browsers.visitor(chat.url(), "alice");
        alice.page().onRequest(request -> reports += request.url().endsWith("/read") ? 1 : 0);
        alice.page()
                .onWebSocket(socket ->
                        socket.onFrameSent(frame -> reports += frame.text().contains("\"read\"") ? 1 : 0));
    }

    @Test
    void many_unread_messages_are_read_as_far_as_they_have_been_in_sight() {
        alice.takesOver(session);
        assertThat(unreadLink().textContent()).isEqualTo("Jump to first unread (120)");
        throughout(Duration.ofMillis(1_500), () -> unread() == 120);
        bob.posts("message 121");
        eventually(() -> unreadLink().textContent().endsWith("(121)"));

        unreadLink().click();
        Locator line = alice.message("message 1").locator(".first-new");
        eventually(() -> line.isVisible() && alice.isInView(line));
        eventually(() -> unread() < 121);
        assertThat(unread()).isBetween(100L, 115L);
        eventually(() -> unreadLink().textContent().endsWith("(" + unread() + ")"));

        reads(400, () -> unread() == 0);
        eventually(() -> unread() == 0 && unreadLink().count() == 0);
        alice.message("message 1").scrollIntoViewIfNeeded();
        bob.post("rooms/lobby/messages/1/reactions", Map.of("emoji", "like"));
        eventually(() -> alice.message("message 1").locator(".reaction").count() == 1);
        assertThat(line.isVisible()).isTrue();
        assertThat(alice.page().locator(".first-new").count()).isEqualTo(1);
    }

    @Test
    void a_page_of_older_messages_is_live_and_a_fast_scroll_to_its_end_reads_all() {
        alice.takesOver(session);
        alice.goes("rooms/lobby?at=1#m-1");
        eventually(() -> unread() < 120);
        bob.posts("message 121");
        eventually(() -> unreadLink().textContent().endsWith("(" + unread() + ")"));
        assertThat(alice.bodies()).doesNotContain("message 121");
        eventually(() -> {
            alice.scrolls(100_000);
            return alice.bodies().contains("message 121");
        });
        alice.scrolls(100_000);
        eventually(() -> unread() == 0);
        bob.posts("message 122");
        eventually(() -> alice.bodies().contains("message 122"));
    }

    @Test
    void scrolling_up_to_the_first_unread_message_reads_all_below_it() {
        session.post("rooms/lobby/read", Map.of("read", "90"));
        alice.takesOver(session);
        Locator line = alice.message("message 91").locator(".first-new");
        assertThat(line.count()).isEqualTo(1);
        reads(-400, () -> unread() == 0);
        assertThat(line.isVisible()).isTrue();
    }

    @Test
    void messages_that_are_marked_as_unread_stay_unread_in_all_tabs() {
        session.post("rooms/lobby/read", Map.of());
        alice.takesOver(session);
        BrowserUser other = alice.opensAnotherTab();
        alice.message("message 115").hover();
        alice.message("message 115").locator(".message-actions").click();
        alice.clicks("Mark as unread");
        for (BrowserUser tab : new BrowserUser[] {alice, other}) {
            eventually(() -> tab.page().title().startsWith("(6) "));
            eventually(() -> tab.message("message 115").locator(".first-new").isVisible());
        }
        alice.scrolls(-900);
        other.page().bringToFront();
        other.scrolls(-900);
        throughout(Duration.ofMillis(1_200), () -> unread() == 6);

        other.clicks("Mark as read");
        eventually(() -> unread() == 0 && alice.page().title().equals("Lobby · Klatsch"));
        bob.posts("message 121");
        eventually(() -> other.page().locator("#newest").innerText().endsWith("New messages"));
        other.page().locator("#newest").click();
        eventually(() -> unread() == 0 && other.isInView(other.message("message 121")));
        eventually(() -> !other.page().locator("#newest").isVisible());
        other.scrolls(-300);
        eventually(() -> other.page().locator("#newest").isVisible());
        eventually(() -> other.page().locator("#newest").innerText().endsWith("Newest"));
    }

    @Test
    void members_choose_what_counts_and_what_is_on_top() {
        ChatClient kitchen = bob.makes("Kitchen", "open");
        kitchen.admits(session);
        session.post("rooms/lobby/read", Map.of());
        alice.takesOver(session);
        alice.goes("rooms/" + kitchen.room() + "/about");
        alice.page().getByLabel("Mentions only").check();
        alice.page().locator("form[action$='/notifications'] button").click();
        alice.clicks("☆ Star this room");
        assertThat(alice.page().locator(".room-item").first().innerText()).contains("Kitchen");
        alice.goes("rooms/lobby");
        alice.isLive();
        Locator item = alice.page().locator("#r-" + kitchen.room());
        kitchen.posts("to nobody");
        eventually(() -> item.getAttribute("class").contains("news"));
        assertThat(item.getAttribute("class")).doesNotContain("unread");
        assertThat(alice.page().title()).isEqualTo("Lobby · Klatsch");
        kitchen.posts("@alice");
        eventually(() -> item.locator(".mentions").innerText().startsWith("@1"));
        assertThat(alice.page().title()).isEqualTo("(1) Lobby · Klatsch");

        alice.page().locator(".sidebar .mentions-link").click();
        alice.page().locator(".result").click();
        alice.isLive();
        eventually(() -> alice.isInView(alice.message("@alice")));
        eventually(() -> item.locator(".mentions").count() == 0);
        assertThat(alice.page().locator("#newest").isVisible()).isFalse();
    }

    /** Scrolls on, each time that what is in sight has been reported, and downwards each time that it is read. */
    private void reads(int pixels, BooleanSupplier end) {
        long[] before = {0, Long.MAX_VALUE};
        eventually(() -> {
            long unread = unread();
            if (reports > before[0] && (pixels < 0 || unread < before[1])) {
                before[0] = reports;
                before[1] = unread;
                alice.scrolls(pixels);
            }
            // The browser's events arrive while it is asked for something.
            return !alice.bodies().isEmpty() && end.getAsBoolean();
        });
    }

    private Locator unreadLink() {
        return alice.page().locator("#unread a");
    }

    /** Returns the unread count on a page that does not mark messages as read. */
    private long unread() {
        String count = session.page("rooms").select("#r-lobby .count").text().replaceAll("\\D", "");
        return count.isEmpty() ? 0 : Long.parseLong(count);
    }
}
