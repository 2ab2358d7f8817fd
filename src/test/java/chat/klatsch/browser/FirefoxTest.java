package chat.klatsch.browser;

import static chat.klatsch.fixture.Await.eventually;

import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.ChatExtension;
import chat.klatsch.fixture.Firefox;
import chat.klatsch.fixture.FirefoxPage;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Checks in Firefox what depends on when a browser runs scripts, timers and connections. */
class FirefoxTest {
    /** Firefox puts timers of pages that load, or are in the background, off by up to ten seconds. */
    private static final Duration SOON = Duration.ofSeconds(6);

    @RegisterExtension
    final ChatExtension chat = ChatExtension.withDefaults();

    @Test
    void a_conversation_goes_on_over_navigation_tabs_and_a_restart() {
        ChatClient bob = chat.join("bob");
        try (Firefox firefox = Firefox.start()) {
            FirefoxPage alice = firefox.open(chat.user("alice"), chat.url() + "rooms/lobby");
            bob.posts("after opening");
            sees(alice, "after opening");
            alice.says("typed in Firefox");
            bob.sees("typed in Firefox");

            alice.goes(chat.url() + "settings");
            alice.goesBack();
            bob.posts("after going back");
            sees(alice, "after going back");

            FirefoxPage front = firefox.open(chat.url() + "rooms/lobby");
            alice.goes(chat.url() + "rooms/lobby");
            bob.posts("to both tabs");
            sees(front, "to both tabs");
            sees(alice, "to both tabs");

            chat.stop();
            front.says("first");
            eventually(() -> front.is("document.querySelectorAll('.pending').length === 1"));
            front.says("second");
            eventually(() -> front.is("document.querySelectorAll('.pending').length === 2"));
            chat.startAgain();
            eventually(() -> front.is("document.querySelectorAll('.pending').length === 0"));
            eventually(() -> front.bodies().endsWith("to both tabs,first,second"));
        }
    }

    private static void sees(FirefoxPage page, String text) {
        eventually(SOON, () -> page.bodies().endsWith(text));
    }
}
