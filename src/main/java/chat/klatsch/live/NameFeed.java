package chat.klatsch.live;

import chat.klatsch.profile.NameChange;
import chat.klatsch.profile.NameStore;
import java.util.List;

/** A cursor over the changes of users' names, up to which this node has told its rooms. Thread-safe. */
final class NameFeed {
    /** The most changes in one read. A page that has missed more shows some old names until it is loaded again. */
    private static final int LIMIT = 200;

    private final NameStore store;
    private volatile long version = -1;

    NameFeed(NameStore store) {
        this.store = store;
    }

    /** Returns the version of which pages rendered from now on are aware. @throws ChatException UNAVAILABLE */
    long version() {
        if (version < 0) {
            start(store.nameVersion());
        }
        return version;
    }

    private synchronized void start(long current) {
        version = Math.max(version, current);
    }

    /** Returns the changes since the last call. Called by one thread at a time. @throws ChatException UNAVAILABLE */
    List<NameChange> advance() {
        long before = version();
        if (store.nameVersion() <= before) {
            return List.of();
        }
        List<NameChange> changes = store.nameChanges(before, LIMIT);
        changes.forEach(change -> start(change.version()));
        return changes;
    }

    /** Returns the changes after a version that a page has seen. @throws ChatException UNAVAILABLE */
    List<NameChange> since(long seen) {
        return seen < version ? store.nameChanges(seen, LIMIT) : List.of();
    }
}
