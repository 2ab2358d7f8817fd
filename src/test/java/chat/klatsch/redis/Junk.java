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
        new ObjectOutputStream(serialized).writeObject(new HashMap<>(Map.of("say", "revoked")));
        String beginning = "{\"jvm\":\"ffffffffffffffff\",\"word\":";
        return Stream.concat(
                        Stream.of(serialized.toByteArray(), new byte[10_000_000], new byte[] {-1, -2, -64, 0}),
                        Stream.of(
                                        "",
                                        "nonsense",
                                        "x".repeat(10_000_000),
                                        "[".repeat(1_000_000),
                                        beginning + "[".repeat(1_000_000),
                                        beginning + "{\"say\":\"attending\",\"version\":1,\"people\":[1"
                                                + ",1".repeat(5_000_000) + "]}}",
                                        beginning + "{\"say\":\"attending\",\"version\":1,\"people\":[1"
                                                + ",1".repeat(100_000) + "]}}",
                                        beginning + "{\"say\":\"attending\",\"version\":1,\"people\":\"all\"}}",
                                        beginning + "{\"say\":\"attending\",\"version\":\"last\",\"people\":[1]}}",
                                        beginning + "{\"say\":\"seen\",\"room\":\"lobby\",\"people\":[-1,{}]}}",
                                        beginning
                                                + "{\"say\":\"seen\",\"room\":\"lobby\",\"people\":[-1,9223372036854775807]}}",
                                        beginning + "{\"say\":\"news\",\"room\":\"*\",\"version\":1}}",
                                        beginning + "{\"say\":\"news\",\"room\":\"nowhere\",\"version\":1}}",
                                        beginning + "{\"say\":\"news\",\"room\":[\"lobby\"],\"version\":1}}",
                                        beginning + "{\"say\":\"changed\",\"room\":\"nowhere\"}}",
                                        beginning + "{\"say\":\"changed\",\"room\":\"../lobby\"}}",
                                        beginning + "{\"say\":\"revoked\",\"user\":\"bob\"}}",
                                        beginning + "{\"say\":\"revoked\",\"user\":-1,\"session\":\"' or true --\"}}",
                                        beginning + "{\"say\":\"renamed\",\"user\":9223372036854775807}}",
                                        beginning + "{\"say\":\"who\",\"jvm\":\"nobody\"}}",
                                        beginning + "{\"say\":\"javax.script.ScriptEngineManager\"}}")
                                .map(text -> text.getBytes(StandardCharsets.UTF_8)))
                .toList();
    }
}
