package chat.klatsch.live;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.RoomId;
import chat.klatsch.message.LogEntry;
import chat.klatsch.message.MessageStore;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;

/**
 * A cursor over a room's log, up to which this node has broadcast. The store is the truth; this node's own commits may be
 * handed over to save reading them again. Confined to the room's serial task. A method that throws {@link ChatException}
 * UNAVAILABLE may be called again and loses nothing.
 */
final class RoomFeed {
    /** The most entries in one read: enough to catch up quickly, few enough for one frame. */
    private static final int PAGE = 100;

    private final RoomId room;
    private final MessageStore store;
    private final Queue<LogEntry> committed = new ArrayDeque<>();
    private long cursor = -1;
    private long latest;

    /** The last version at which nothing was left to read: only messages posted before it are known to have been sent. */
    private long complete;

    RoomFeed(RoomId room, MessageStore store) {
        this.room = room;
        this.store = store;
    }

    /** Places the cursor at the room's current version. Does nothing the second time. */
    void start() {
        if (cursor < 0) {
            cursor = store.version(room);
            complete = cursor;
        }
    }

    /** Returns the version up to which everything has been broadcast. */
    long cursor() {
        return cursor;
    }

    void onCommitted(List<LogEntry> entries) {
        committed.addAll(entries);
        entries.forEach(entry -> onVersion(entry.version()));
    }

    /** Takes note of the room's version. A version that is too high costs one query. */
    void onVersion(long version) {
        latest = Math.max(latest, version);
    }

    /** Returns the cursor of a client that claims to have seen everything up to {@code after}, or nothing yet. */
    long clientCursor(OptionalLong after) {
        if (after.isEmpty()) {
            return cursor;
        }
        long claimed = after.getAsLong();
        long verified = claimed <= cursor ? claimed : Math.min(claimed, store.version(room));
        onVersion(verified);
        return verified;
    }

    /** Advances the cursor by a page at most and returns what has changed. */
    Optional<RoomEvent.MessagesChanged> advance() {
        List<LogEntry> entries = new ArrayList<>();
        for (LogEntry next; entries.size() < PAGE && (next = committed.peek()) != null; committed.remove()) {
            // A post that was sent again and has changed since is skipped here and read with its reactions.
            if (next.version() == cursor + entries.size() + 1 && next.version() == next.posted()) {
                entries.add(next);
            }
        }
        if (entries.isEmpty() && latest > cursor) {
            entries.addAll(store.changes(room, cursor, PAGE));
        }
        if (entries.isEmpty()) {
            latest = cursor;
            complete = cursor;
            return Optional.empty();
        }
        RoomEvent.MessagesChanged changed = new RoomEvent.MessagesChanged(entries, complete);
        cursor = changed.version();
        if (!hasMore()) {
            complete = cursor;
        }
        return Optional.of(changed);
    }

    boolean hasMore() {
        return latest > cursor;
    }

    /**
     * Returns what has changed after a version, a page at most.
     *
     * @param since the version that the client had seen before the first page
     */
    RoomEvent.MessagesChanged missedSince(long version, long since) {
        return new RoomEvent.MessagesChanged(store.changes(room, version, PAGE), since);
    }
}
