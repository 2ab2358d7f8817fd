package chat.klatsch.redis;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

class EnvelopeFuzzTest {
    @FuzzTest
    void any_input_is_ignored_or_a_message_that_can_be_written_again(byte[] data) {
        Envelope.read(new String(data, StandardCharsets.UTF_8))
                .ifPresent(
                        envelope -> assertThat(Envelope.read(envelope.json())).contains(envelope));
    }
}
