package chat.klatsch.web.socket;

import static org.assertj.core.api.Assertions.assertThat;

import chat.klatsch.core.ChatException;
import chat.klatsch.web.http.Json;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

class ClientMessageFuzzTest {
    @FuzzTest
    void any_input_is_a_client_message_or_malformed(byte[] data) {
        try {
            ClientMessage message = ClientMessage.parse(new String(data, StandardCharsets.UTF_8));
            assertThat(ClientMessage.parse(Json.write(message))).isEqualTo(message);
        } catch (ChatException refusal) {
            assertThat(refusal.kind()).isEqualTo(ChatException.Kind.MALFORMED);
        }
    }
}
