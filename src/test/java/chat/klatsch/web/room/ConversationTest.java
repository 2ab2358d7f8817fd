package chat.klatsch.web.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.ChatExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ConversationTest {
    @RegisterExtension
    final ChatExtension chat = ChatExtension.withDefaults();

    @Test
    void a_posted_message_reaches_the_other_user() {
        ChatClient alice = chat.join("alice");
        ChatClient bob = chat.join("bob");
        alice.posts("Good morning");
        bob.sees("Good morning");
        alice.sees("Good morning");

        bob.sends("{\"body\":\"Hello Alice\",\"key\":\"1\"}");
        alice.sees("Hello Alice");

        assertThat(alice.seen()).isEqualTo(bob.seen());
        await().until(() -> alice.online() == 2);
    }
}
