package chat.klatsch.redis;

import chat.klatsch.event.PresenceReport;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/** A message and the id of the node that sends it, as one JSON document. */
record Envelope(String node, NodeMessage message) {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .withCoercionConfig(
                    LogicalType.Textual,
                    text -> text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    /** Longer ones are forged: a full presence update takes less. */
    private static final int MAX_LENGTH = 25 * PresenceReport.MAX_USERS;

    private static final Pattern NODE = Pattern.compile("[0-9a-f]{16}");

    Envelope {
        Objects.requireNonNull(message);
        if (!NODE.matcher(node).matches()) {
            throw new IllegalArgumentException("malformed node id");
        }
    }

    String json() {
        try {
            return MAPPER.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Parses strictly: anything that {@link #json} would not produce is empty. */
    static Optional<Envelope> read(String json) {
        if (json.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(MAPPER.readValue(json, Envelope.class));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
