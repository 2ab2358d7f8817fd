package chat.klatsch.web.socket;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The number of connections of each user or network. Forgets whoever has none. Thread-safe. */
final class ConnectionCounts<K> {
    private final Map<K, Integer> counts = new ConcurrentHashMap<>();

    int of(K key) {
        return counts.getOrDefault(key, 0);
    }

    /** Returns the number with the one that is added. */
    int add(K key) {
        return counts.merge(key, 1, Integer::sum);
    }

    void remove(K key) {
        counts.computeIfPresent(key, (same, count) -> count == 1 ? null : count - 1);
    }

    /** Returns the number of keys with connections. */
    int size() {
        return counts.size();
    }
}
