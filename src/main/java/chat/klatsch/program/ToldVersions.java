package chat.klatsch.program;

import chat.klatsch.core.RoomId;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which changes of messages a listener has been told while its subscription catches up, so that a message which comes again in
 * the log because of another change is not told twice. Confined to the thread of its {@link Delivery}.
 */
final class ToldVersions {
    /** The changed messages that are remembered. The listener may be told of the others twice. */
    private static final int MAX_REMEMBERED = 10_000;

    private record Key(RoomId room, long seq) {}

    private final Map<Key, Long> versions = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Long> eldest) {
            return size() > MAX_REMEMBERED;
        }
    };

    /** Returns the version up to which the listener has been told of this message's changes, or 0. */
    long of(ChangeStore.Change change) {
        return versions.getOrDefault(key(change), 0L);
    }

    /** The listener has been told of this message as it is. */
    void add(ChangeStore.Change change) {
        long version = Math.max(change.text(), change.reaction());
        if (version > 0) {
            versions.put(key(change), version);
        }
    }

    /** The subscription has caught up in this room. */
    void forget(RoomId room) {
        versions.keySet().removeIf(key -> key.room().equals(room));
    }

    private static Key key(ChangeStore.Change change) {
        return new Key(change.entry().message().room(), change.seq());
    }
}
