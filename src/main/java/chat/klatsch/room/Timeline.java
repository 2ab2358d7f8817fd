package chat.klatsch.room;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * A room's messages as far as its people on this JVM have been told. The store is the truth; this JVM's own commits
 * may be handed over so that they need not be read again. Used by the room's pump alone; a method
 * that throws {@link ChatException} UNAVAILABLE may be called again and loses nothing.
 */
final class Timeline {
    /** How many messages are read at once: enough to catch up quickly, few enough for one frame. */
    private static final int PAGE = 100;

    private final RoomId room;
    private final ChatStore store;
    private final Queue<Message> committed = new ArrayDeque<>();
    private long cursor = -1;
    private long heard;
    private @Nullable Message last;

    Timeline(RoomId room, ChatStore store) {
        this.room = room;
        this.store = store;
    }

    /** Takes the room as it stands for told. Does nothing the second time. */
    void begin() {
        if (cursor < 0) {
            long seq = store.lastSeq(room);
            last = seq == 0 ? null : store.after(room, seq - 1, 1).get(0);
            cursor = seq;
        }
    }

    /** The place up to which everybody has been told who has kept up. */
    long cursor() {
        return cursor;
    }

    void committed(List<Message> messages) {
        committed.addAll(messages);
        messages.forEach(message -> hear(message.seq()));
    }

    /** There are messages up to this place, so somebody says; if that is not so, it costs one query. */
    void hear(long seq) {
        heard = Math.max(heard, seq);
    }

    /** Where somebody stands who has seen everything up to {@code after}, which may be wrong, or nothing yet. */
    long place(OptionalLong after) {
        if (after.isEmpty()) {
            return cursor;
        }
        long place = after.getAsLong() <= cursor ? after.getAsLong() : Math.min(after.getAsLong(), store.lastSeq(room));
        hear(place);
        return place;
    }

    /** Moves on, by a page at most, and returns what is new. */
    List<Entry> advance() {
        List<Message> news = new ArrayList<>();
        for (Message next; news.size() < PAGE && (next = committed.peek()) != null; committed.remove()) {
            if (next.seq() == cursor + news.size() + 1) {
                news.add(next);
            }
        }
        if (news.isEmpty() && heard > cursor) {
            news.addAll(store.after(room, cursor, PAGE));
        }
        if (news.isEmpty()) {
            heard = cursor;
            return List.of();
        }
        List<Entry> entries = Entry.sequence(last, news);
        last = news.get(news.size() - 1);
        cursor = last.seq();
        return entries;
    }

    boolean hasMore() {
        return heard > cursor;
    }

    /** The messages after a place that somebody has fallen back to, a page at most. */
    List<Entry> missedSince(long seq) {
        // One more in front: how a message looks depends on the one before it.
        List<Message> messages = store.after(room, seq - 1, PAGE + 1);
        List<Entry> entries = Entry.sequence(null, messages);
        return seq > 0 && !entries.isEmpty() ? entries.subList(1, entries.size()) : entries;
    }
}
