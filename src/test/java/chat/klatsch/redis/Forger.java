package chat.klatsch.redis;

import static org.assertj.core.api.Assertions.assertThat;

import chat.klatsch.fixture.Redis;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/** Publishes messages of nodes that do not exist, to two servers. */
record Forger(Redis redis, AtomicInteger nodes) {
    Forger(Redis redis) {
        this(redis, new AtomicInteger());
    }

    /** Publishes a message of a new node, and returns the node's id. */
    String publish(String channel, String kind, String fields) {
        String node = newNode();
        publish(channel, node, kind, fields);
        return node;
    }

    void publish(String channel, String node, String kind, String fields) {
        assertThat(redis.<Long>call(client -> client.publish(channel, message(kind, node, fields))))
                .as("receivers")
                .isEqualTo(2);
    }

    String newNode() {
        return String.format(Locale.ROOT, "%016x", nodes.incrementAndGet());
    }

    String message(String kind, String node, String fields) {
        return "{'node':'%s','message':{'type':'%s'%s}}"
                .formatted(node, kind, fields.isEmpty() ? "" : "," + fields)
                .replace('\'', '"');
    }
}
