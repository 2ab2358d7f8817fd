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
    void two_users_chat_live_and_see_every_message_once_in_order() {
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
    }

    @Test
    void ones_own_messages_look_different_from_those_of_others() {
        BrowserUser alice = browsers.join(chat, "alice");
        BrowserUser bob = browsers.join(chat, "bob");
        alice.says("I wrote this");
        bob.sees("I wrote this");

        assertThat(alice.style(alice.message("I wrote this"), "--side")).isEqualTo("end");
        assertThat(bob.style(bob.message("I wrote this"), "--side")).isNotEqualTo("end");
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
    void the_typing_indicator_does_not_return_after_sending() {
        BrowserUser alice = browsers.join(chat, "alice");
        BrowserUser bob = browsers.join(chat, "bob");
        alice.says("Done");
        bob.sees("Done");
        // Longer than the interval between two typing notifications.
        throughout(Duration.ofSeconds(4), () -> bob.typist("alice").count() == 0);
    }

    @Test
    void the_typing_indicator_disappears_when_typing_stops() {
        BrowserUser alice = browsers.join(chat, "alice");
        BrowserUser bob = browsers.join(chat, "bob");
        alice.types("Well…");
        bob.typist("alice").waitFor();
        eventually(Duration.ofSeconds(10), () -> bob.typist("alice").count() == 0);
        assertThat(bob.bodies()).isEmpty();
    }
}
