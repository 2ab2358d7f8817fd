package chat.klatsch.browser;

import static chat.klatsch.fixture.Await.eventually;
import static chat.klatsch.fixture.Await.throughout;
import static org.assertj.core.api.Assertions.assertThat;

import chat.klatsch.fixture.BrowserUser;
import chat.klatsch.fixture.Browsers;
import chat.klatsch.fixture.ChatExtension;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class BrowserConversationTest {
    @RegisterExtension
    final Browsers browsers = new Browsers();

    @RegisterExtension
    final ChatExtension chat = ChatExtension.withDefaults();

    @Test
    void two_users_chat_live_see_every_message_once_in_order_and_tell_their_own_apart() {
        BrowserUser alice = browsers.join(chat, "alice");
        BrowserUser bob = browsers.join(chat, "bob");
        alice.says("Good morning, Bob");
        bob.sees("Good morning, Bob");
        bob.says("Hello Alice");
        alice.sees("Hello Alice");
        alice.says("How are you?");
        bob.sees("How are you?");

        List<String> conversation = List.of("Good morning, Bob", "Hello Alice", "How are you?");
        alice.seesExactly(conversation);
        bob.seesExactly(conversation);
        assertThat(alice.style(alice.message("How are you?"), "--side")).isEqualTo("end");
        assertThat(bob.style(bob.message("How are you?"), "--side")).isNotEqualTo("end");
    }

    @Test
    void arrivals_and_departures_appear_within_two_seconds() {
        BrowserUser alice = browsers.join(chat, "alice");
        assertThat(alice.online()).isEqualTo(1);

        BrowserUser bob = browsers.join(chat, "bob");
        eventually(() -> alice.online() == 2);
        assertThat(alice.members()).containsExactly("alice", "bob");
        assertThat(bob.page().locator("#presence").textContent()).isEqualTo("2 online");

        bob.close();
        eventually(Duration.ofSeconds(2), () -> alice.online() == 1);
        assertThat(alice.members()).containsExactly("alice");
    }

    @Test
    void two_tabs_count_as_one_user() {
        BrowserUser alice = browsers.join(chat, "alice");
        BrowserUser bob = browsers.join(chat, "bob");
        BrowserUser tab = bob.opensAnotherTab();
        alice.says("Which of you is it?");
        tab.sees("Which of you is it?");
        assertThat(alice.members()).containsExactly("alice", "bob");

        tab.page().close();
        // Carol's arrival and departure take longer than a departure of Bob would take to show.
        BrowserUser carol = browsers.join(chat, "carol");
        eventually(() -> alice.members().equals(List.of("alice", "bob", "carol")));
        carol.close();
        eventually(() -> alice.members().equals(List.of("alice", "bob")));
    }

    @Test
    void the_typing_indicator_shows_until_the_message_arrives() {
        BrowserUser alice = browsers.join(chat, "alice");
        BrowserUser bob = browsers.join(chat, "bob");
        alice.types("I was just going to say");
        bob.typist("alice").waitFor();
        assertThat(bob.typist("alice").textContent()).isEqualTo("alice is typing");
        eventually(() -> alice.typist("alice").count() == 1);
        assertThat(alice.typist("alice").isVisible()).isFalse();

        alice.presses("Enter");
        bob.sees("I was just going to say");
        eventually(() -> bob.typist("alice").count() == 0);
    }

    @Test
    void the_typing_indicator_disappears_when_typing_stops_and_does_not_return_after_sending() {
        BrowserUser alice = browsers.join(chat, "alice");
        BrowserUser bob = browsers.join(chat, "bob");
        BrowserUser carol = browsers.join(chat, "carol");
        carol.types("Well…");
        bob.typist("carol").waitFor();
        alice.says("Done");
        bob.sees("Done");
        // Longer than the interval between two typing notifications, and than one of them shows.
        throughout(Duration.ofSeconds(4), () -> bob.typist("alice").count() == 0);
        eventually(Duration.ofSeconds(6), () -> bob.typist("carol").count() == 0);
        assertThat(bob.typist("alice").count()).isZero();
        assertThat(bob.bodies()).containsExactly("Done");
    }
}
