package chat.klatsch.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import chat.klatsch.core.ChatException;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;

class JsonFuzzTest {
    @FuzzTest
    void any_input_is_an_object_with_fields_or_malformed(byte[] data) {
        try {
            JsonNode object = Json.object(new String(data, StandardCharsets.UTF_8));
            assertThat(object.isObject()).isTrue();
            String body = Json.text(object, "body");
            assertThat(Json.text(Json.object(Json.write(object)), "body")).isEqualTo(body);
        } catch (ChatException refusal) {
            assertThat(refusal.kind()).isEqualTo(ChatException.Kind.MALFORMED);
        }
    }
}
