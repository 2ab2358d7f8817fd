package chat.klatsch.live;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.RoomId;
import chat.klatsch.message.LogEntry;
import chat.klatsch.message.MessageStore;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Queue;

/**
 * A room's log as far as its people on this JVM have been told. The store is the truth; this JVM's own commits
 * may be handed over so that they need not be read again. Used by the room's pump alone; a method
 * that throws {@link ChatException} UNAVAILABLE may be called again and loses nothing.
 */
final class RoomFeed {
    /** How many messages are read at once: enough to catch up quickly, few enough for one frame. */
    private static final int PAGE = 100;

    private final RoomId room;
    private final MessageStore store;
    private final Queue<LogEntry> committed = new ArrayDeque<>();
    private long cursor = -1;
    private long heard;

    RoomFeed(RoomId room, MessageStore store) {
        this.room = room;
        this.store = store;
    }

    /** Takes the room as it stands for told. Does nothing the second time. */
    void begin() {
        if (cursor < 0) {
            cursor = store.version(room);
        }
    }

    /** The version up to which everybody has been told who has kept up. */
    long cursor() {
        return cursor;
    }

    void committed(List<LogEntry> entries) {
        committed.addAll(entries);
        entries.forEach(entry -> hear(entry.version()));
    }

    /** The room has come to this version, so somebody says; if that is not so, it costs one query. */
    void hear(long version) {
        heard = Math.max(heard, version);
    }

    /** Where somebody stands who has seen everything up to {@code after}, which may be wrong, or nothing yet. */
    long place(OptionalLong after) {
        if (after.isEmpty()) {
            return cursor;
        }
        long place = after.getAsLong() <= cursor ? after.getAsLong() : Math.min(after.getAsLong(), store.version(room));
        hear(place);
        return place;
    }

    /** Moves on, by a page at most, and returns what is new. */
    List<LogEntry> advance() {
        List<LogEntry> news = new ArrayList<>();
        for (LogEntry next; news.size() < PAGE && (next = committed.peek()) != null; committed.remove()) {
            // One that has changed since it came, and is only here because it was sent again, is read with its
            // reactions.
            if (next.version() == cursor + news.size() + 1 && next.version() == next.posted()) {
                news.add(next);
            }
        }
        if (news.isEmpty() && heard > cursor) {
            news.addAll(store.changes(room, cursor, PAGE));
        }
        if (news.isEmpty()) {
            heard = cursor;
        } else {
            cursor = news.get(news.size() - 1).version();
        }
        return List.copyOf(news);
    }

    boolean hasMore() {
        return heard > cursor;
    }

    /** What has come or changed after a version that somebody has fallen back to, a page at most. */
    List<LogEntry> missedSince(long version) {
        return store.changes(room, version, PAGE);
    }
}
