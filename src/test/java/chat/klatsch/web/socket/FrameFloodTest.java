package chat.klatsch.web.socket;

import static org.assertj.core.api.Assertions.assertThat;

import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.ChatExtension;
import chat.klatsch.fixture.StalledReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrameFloodTest {
    private static final int FIRST_PART = 0x1;
    private static final int NEXT_PART = 0x0;

    @RegisterExtension
    static final ChatExtension chat = ChatExtension.withDefaults();

    private final ChatClient alice = chat.join("alice");
    private final ChatClient bob = chat.join("bob");

    @ParameterizedTest
    @CsvSource({"0x89,", "0x89, x", "0x8a,", "0x8a, x", "0x00,", "0x00, x"})
    void a_flood_of_frames_that_say_nothing_ends_the_connection_and_costs_others_nothing(String head, String payload) {
        String text = payload == null ? "" : payload;
        try (StalledReader flood = new StalledReader(bob)) {
            // A connection that has not been opened is closed without a code.
            flood.readTo("presence");
            // One too many and no more: a connection that closes with frames unread is reset, and its code lost.
            flood.sends(Integer.decode(head) == NEXT_PART ? FIRST_PART : Integer.decode(head), text);
            for (int i = 0; i < 200; i++) {
                flood.sends(Integer.decode(head), text);
            }
            assertThat(flood.closeCode()).isEqualTo(1008);
        }
        assertThat(bob.isConnected()).isTrue();
        alice.posts("Nobody noticed");
        bob.sees("Nobody noticed");
    }

    @Test
    void a_message_in_a_few_parts_with_pings_between_them_is_posted() {
        try (StalledReader client = new StalledReader(bob)) {
            client.sends(FIRST_PART, "{\"body\":\"in ");
            for (String part : new String[] {"", "parts", "\"", ",\"key\":\"k\""}) {
                client.sends(NEXT_PART, part);
                client.pings("now");
            }
            client.sends(0x80, "}");
            alice.sees("in parts");
        }
    }
}
