package chat.klatsch.browser;

import static chat.klatsch.fixture.Await.eventually;
import static chat.klatsch.fixture.Await.throughout;
import static org.assertj.core.api.Assertions.assertThat;

import chat.klatsch.ChatServer;
import chat.klatsch.fixture.BrowserUser;
import chat.klatsch.fixture.Browsers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class BrowserConversationTest {
    @RegisterExtension
    final Browsers browsers = new Browsers();

    @TempDir
    Path directory;

    private ChatServer chat;

    @BeforeEach
    void start() {
        chat = ChatServer.start(config -> config.port(0).dataDirectory(directory));
    }

    @AfterEach
    void stop() {
        chat.close();
    }

    @Test
    void two_people_talk_without_reloading_and_each_sees_every_message_once_and_in_order() {
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
    void who_comes_and_goes_shows_within_two_seconds() {
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
    void two_tabs_are_one_person_and_closing_one_changes_nothing() {
        BrowserUser alice = browsers.join(chat, "alice");
        BrowserUser bob = browsers.join(chat, "bob");
        BrowserUser tab = bob.opensAnotherTab();
        alice.says("Which of you is it?");
        tab.sees("Which of you is it?");
        assertThat(alice.members()).containsExactly("alice", "bob");

        tab.page().close();
        // Carol's coming and going takes longer than a departure of Bob's would.
        BrowserUser carol = browsers.join(chat, "carol");
        eventually(() -> alice.members().equals(List.of("alice", "bob", "carol")));
        carol.close();
        eventually(() -> alice.members().equals(List.of("alice", "bob")));
    }

    @Test
    void others_see_that_somebody_is_writing_until_the_message_is_there() {
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
    void whoever_has_sent_a_message_is_not_said_to_go_on_writing() {
        BrowserUser alice = browsers.join(chat, "alice");
        BrowserUser bob = browsers.join(chat, "bob");
        alice.says("Done");
        bob.sees("Done");
        // Longer than the pause between two of her browser's signals that she is writing.
        throughout(Duration.ofSeconds(4), () -> bob.typist("alice").count() == 0);
    }

    @Test
    void nobody_is_said_to_be_writing_who_has_stopped() {
        BrowserUser alice = browsers.join(chat, "alice");
        BrowserUser bob = browsers.join(chat, "bob");
        alice.types("Well…");
        bob.typist("alice").waitFor();
        eventually(Duration.ofSeconds(10), () -> bob.typist("alice").count() == 0);
        assertThat(bob.bodies()).isEmpty();
    }
}
