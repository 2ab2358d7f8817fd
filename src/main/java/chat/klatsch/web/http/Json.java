package chat.klatsch.web.http;

import chat.klatsch.core.ChatException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** JSON in WebSocket frames and responses. */
public final class Json {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Json() {}

    /** @throws ChatException MALFORMED for anything but one JSON object */
    public static JsonNode object(String text) {
        try {
            JsonNode node = MAPPER.readTree(text);
            if (node.isObject()) {
                return node;
            }
        } catch (JsonProcessingException e) {
            throw malformed();
        }
        throw malformed();
    }

    /** The text of a field, empty if missing or null. @throws ChatException MALFORMED for any other type */
    public static String text(JsonNode object, String field) {
        JsonNode value = object.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return "";
        }
        if (!value.isTextual()) {
            throw malformed();
        }
        return value.textValue();
    }

    /** Parses a sequence number or version. @throws ChatException MALFORMED for anything but 0, 1, 2… */
    public static long number(String text) {
        try {
            long number = Long.parseLong(text);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw malformed();
        }
        throw malformed();
    }

    public static ChatException malformed() {
        return new ChatException(ChatException.Kind.MALFORMED, "We could not read this message.");
    }

    public static String write(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
