package chat.klatsch.redis;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.RoomId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Names the Redis channels. Each chat that shares a Redis server uses its own prefix. */
record RedisChannels(String prefix) {
    /** Returns the common channel, to which all nodes subscribe. */
    String all() {
        return prefix + ":all";
    }

    String of(@Nullable RoomId room) {
        return room == null ? all() : prefix + ":room:" + room;
    }

    Optional<RoomId> room(String channel) {
        String beginning = prefix + ":room:";
        if (!channel.startsWith(beginning)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new RoomId(channel.substring(beginning.length())));
        } catch (ChatException malformed) {
            return Optional.empty();
        }
    }
}
