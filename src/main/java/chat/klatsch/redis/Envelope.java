package chat.klatsch.redis;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/** A word and the JVM that says it. */
record Envelope(String jvm, NodeMessage word) {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    private static final Pattern JVM = Pattern.compile("[0-9a-f]{16}");

    public Envelope {
        Objects.requireNonNull(word);
        if (!JVM.matcher(jvm).matches()) {
            throw new IllegalArgumentException("no JVM is called that");
        }
    }

    String json() {
        try {
            return MAPPER.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Empty for anything but what {@link #json} gives. */
    static Optional<Envelope> read(String json) {
        try {
            return Optional.ofNullable(MAPPER.readValue(json, Envelope.class));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
