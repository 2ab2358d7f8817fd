package chat.klatsch.redis;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Payloads that no node writes. */
final class Junk {
    private Junk() {}

    static List<byte[]> all() throws IOException {
        ByteArrayOutputStream serialized = new ByteArrayOutputStream();
        new ObjectOutputStream(serialized).writeObject(new HashMap<>(Map.of("type", "revoked")));
        String beginning = "{\"node\":\"ffffffffffffffff\",\"message\":";
        return Stream.concat(
                        Stream.of(serialized.toByteArray(), new byte[10_000_000], new byte[] {-1, -2, -64, 0}),
                        Stream.of(
                                        "",
                                        "nonsense",
                                        "x".repeat(10_000_000),
                                        "[".repeat(1_000_000),
                                        beginning + "[".repeat(1_000_000),
                                        beginning + "{\"type\":\"presenceUpdate\",\"version\":1,\"users\":[1"
                                                + ",1".repeat(5_000_000) + "]}}",
                                        beginning + "{\"type\":\"presenceUpdate\",\"version\":1,\"users\":[1"
                                                + ",1".repeat(100_000) + "]}}",
                                        beginning + "{\"type\":\"presenceUpdate\",\"version\":1,\"users\":\"all\"}}",
                                        beginning + "{\"type\":\"presenceUpdate\",\"version\":\"last\",\"users\":[1]}}",
                                        beginning + "{\"type\":\"messagesRead\",\"room\":\"lobby\",\"users\":[-1,{}]}}",
                                        beginning
                                                + "{\"type\":\"messagesRead\",\"room\":\"lobby\",\"users\":[-1,9223372036854775807]}}",
                                        beginning + "{\"type\":\"roomUpdated\",\"room\":\"*\",\"version\":1}}",
                                        beginning + "{\"type\":\"roomUpdated\",\"room\":\"nowhere\",\"version\":1}}",
                                        beginning + "{\"type\":\"roomUpdated\",\"room\":[\"lobby\"],\"version\":1}}",
                                        beginning + "{\"type\":\"roomChanged\",\"room\":\"nowhere\"}}",
                                        beginning + "{\"type\":\"roomChanged\",\"room\":\"../lobby\"}}",
                                        beginning + "{\"type\":\"sessionsRevoked\",\"user\":\"bob\"}}",
                                        beginning
                                                + "{\"type\":\"sessionsRevoked\",\"user\":-1,\"session\":\"' or true --\"}}",
                                        beginning + "{\"type\":\"userRenamed\",\"user\":9223372036854775807}}",
                                        beginning + "{\"type\":\"presenceRequest\",\"node\":\"nobody\"}}",
                                        beginning + "{\"type\":\"javax.script.ScriptEngineManager\"}}")
                                .map(text -> text.getBytes(StandardCharsets.UTF_8)))
                .toList();
    }
}
