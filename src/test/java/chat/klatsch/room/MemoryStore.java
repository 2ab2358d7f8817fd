package chat.klatsch.room;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** One room in memory, which can be away as a database can. */
final class MemoryStore implements ChatStore {
    private final List<Message> messages = new ArrayList<>();
    private boolean away;

    synchronized void away(boolean away) {
        this.away = away;
    }

    @Override
    public synchronized List<Message> append(RoomId room, List<Draft> drafts, Instant now) {
        answer();
        List<Message> appended = drafts.stream()
                .map(draft -> {
                    Message message = new Message(room, messages.size() + 1L, draft.author(), draft.body(), now);
                    messages.add(message);
                    return message;
                })
                .toList();
        return appended;
    }

    @Override
    public synchronized List<Message> after(RoomId room, long seq, int limit) {
        answer();
        return messages.stream()
                .filter(message -> message.seq() > seq)
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized List<Message> before(RoomId room, long seq, int limit) {
        answer();
        List<Message> before =
                messages.stream().filter(message -> message.seq() < seq).toList();
        return before.subList(Math.max(0, before.size() - limit), before.size());
    }

    @Override
    public synchronized long lastSeq(RoomId room) {
        answer();
        return messages.size();
    }

    @Override
    public synchronized Map<RoomId, Long> lastSeqs(Collection<RoomId> rooms) {
        answer();
        return rooms.contains(RoomId.LOBBY) ? Map.of(RoomId.LOBBY, (long) messages.size()) : Map.of();
    }

    private void answer() {
        if (away) {
            throw ChatException.unavailable(new IllegalStateException("away"));
        }
    }
}
