package chat.klatsch.abuse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.ChatExtension;
import chat.klatsch.fixture.Log;
import chat.klatsch.fixture.Redis;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Abuse by somebody who can write to Redis. */
class NodesTest {
    private static final Redis redis = new Redis();

    @RegisterExtension
    static final ChatExtension chat =
            ChatExtension.with(config -> config.passwordMemory(1).redisUrl(redis.url()));

    @AfterAll
    static void stop() {
        redis.close();
    }

    @Test
    void a50_what_is_forged_in_redis_shows_nothing_and_ends_nothing() throws IOException {
        ChatClient alice = chat.join("alice");
        ChatClient bob = chat.join("bob");
        ChatClient cellar = alice.makes("Cellar", "closed").connect();
        await().until(() ->
                redis.call(client -> client.pubsubChannels("klatsch:room:*").size()) == 2);
        try (Log log = new Log()) {
            for (String channel :
                    List.of("klatsch:all", "klatsch:room:lobby", "klatsch:room:*", "klatsch:room:" + cellar.room())) {
                for (byte[] message : messages(cellar.room())) {
                    redis.call(client -> client.publish(channel.getBytes(StandardCharsets.UTF_8), message));
                }
            }
            bob.posts("still here");
            alice.sees("still here");
            cellar.posts("and here");
            cellar.sees("and here");
            assertThat(log.problems()).isEmpty();
        }
        assertThat(alice.isConnected()).isTrue();
        assertThat(bob.isConnected()).isTrue();
        assertThat(cellar.isConnected()).isTrue();
        assertThat(String.join("", alice.frames()) + String.join("", bob.frames()))
                .doesNotContain("forged", "mallory");
        assertThat(alice.bodies()).containsExactly("still here");
        assertThat(redis.<Long>call(client -> client.pubsubNumPat())).isZero();
    }

    private static List<byte[]> messages(String room) throws IOException {
        List<byte[]> messages = new ArrayList<>();
        messages.add(new byte[0]);
        messages.add(new byte[] {0, (byte) 0xff, (byte) 0xc0, (byte) 0xaf});
        messages.add("x".repeat(10_000_000).getBytes(StandardCharsets.UTF_8));
        messages.add("[".repeat(100_000).getBytes(StandardCharsets.UTF_8));
        ByteArrayOutputStream serialized = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(serialized)) {
            out.writeObject(new ArrayList<>(List.of("forged")));
        }
        messages.add(serialized.toByteArray());
        for (String word : List.of(
                "{\"type\":\"roomUpdated\",\"room\":\"lobby\",\"version\":9223372036854775807}",
                "{\"type\":\"roomUpdated\",\"room\":\"lobby\",\"version\":-1}",
                "{\"type\":\"roomChanged\",\"room\":\"lobby\"}",
                "{\"type\":\"roomChanged\",\"room\":\"" + room + "\",\"user\":1}",
                "{\"type\":\"sessionsRevoked\",\"user\":999}",
                "{\"type\":\"messagesRead\",\"room\":\"lobby\",\"users\":[1,2,3]}",
                "{\"type\":\"userRenamed\",\"user\":1}",
                "{\"type\":\"heartbeat\"}",
                "{\"type\":\"leaving\"}",
                "{\"type\":\"java.lang.ProcessBuilder\",\"command\":[\"forged\"]}",
                "{\"@class\":\"java.util.ArrayList\",\"type\":\"heartbeat\"}",
                "{\"type\":\"said\",\"room\":\"lobby\",\"html\":\"<p id=presence hx-swap-oob=true>forged</p>\"}")) {
            messages.add(("{\"node\":\"0123456789abcdef\",\"message\":" + word + "}").getBytes(StandardCharsets.UTF_8));
        }
        return messages;
    }
}
