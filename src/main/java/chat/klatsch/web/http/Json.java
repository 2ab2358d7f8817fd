package chat.klatsch.web.http;

import chat.klatsch.core.ChatException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;

/** Reads and writes JSON. A number is not accepted as text, nor a fraction or an empty text as a whole number. */
public final class Json {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS, DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .withCoercionConfig(
                    LogicalType.Textual,
                    text -> text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
            .withCoercionConfig(
                    LogicalType.Integer,
                    number -> number.setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail))
            .build();

    private Json() {}

    /** Ignores unknown fields. @throws ChatException MALFORMED unless the text is one JSON object of this type */
    public static <T> T parse(String text, Class<T> type) {
        try {
            T value = MAPPER.readValue(text, type);
            if (value != null) {
                return value;
            }
        } catch (JsonProcessingException e) {
            throw malformed();
        }
        throw malformed();
    }

    /** Parses a sequence number, version or id. @throws ChatException MALFORMED unless it is a whole number from 0 up */
    public static long number(String text) {
        try {
            return nonNegative(Long.parseLong(text));
        } catch (NumberFormatException e) {
            throw malformed();
        }
    }

    /** @throws ChatException MALFORMED for a negative number */
    public static long nonNegative(long number) {
        if (number < 0) {
            throw malformed();
        }
        return number;
    }

    public static ChatException malformed() {
        return new ChatException(ChatException.Kind.MALFORMED, "refusal.message.unreadable");
    }

    public static String write(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
