package chat.klatsch.redis;

import chat.klatsch.event.PresenceReport;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/** A message and the id of the node that sends it, as one JSON document. */
record Envelope(
        @JsonProperty("jvm") String node,
        @JsonProperty("word") NodeMessage message) {
    private static final JsonMapper MAPPER = JsonMapper.builder()
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
