package chat.klatsch.redis;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.RoomId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The names of the channels in Redis. Each chat that shares one has a prefix of its own. */
record RedisChannels(String prefix) {
    /** Where all JVMs of a chat listen. */
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
        } catch (ChatException notARoom) {
            return Optional.empty();
        }
    }
}
