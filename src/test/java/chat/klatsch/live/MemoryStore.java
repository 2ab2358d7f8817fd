package chat.klatsch.live;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.RoomId;
import chat.klatsch.core.UserId;
import chat.klatsch.message.Draft;
import chat.klatsch.message.Edit;
import chat.klatsch.message.Emoji;
import chat.klatsch.message.LogEntry;
import chat.klatsch.message.Message;
import chat.klatsch.message.MessageStore;
import chat.klatsch.message.Reaction;
import chat.klatsch.profile.NameChange;
import chat.klatsch.profile.NameStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A store with one room in memory, which can be made unavailable or refuse a text. A key stands for a post. */
final class MemoryStore implements MessageStore, NameStore {
    private final List<LogEntry> entries = new ArrayList<>();
    private final Map<String, RuntimeException> refused = new HashMap<>();
    private final Map<String, Long> keys = new HashMap<>();
    private long version;
    private boolean away;

    synchronized void away(boolean away) {
        this.away = away;
    }

    /** Stores no batch with this text from now on. */
    synchronized void refuse(String text, RuntimeException refusal) {
        refused.put(text, refusal);
    }

    @Override
    public synchronized List<LogEntry> append(RoomId room, List<Draft> drafts, Instant now) {
        answer();
        for (Draft draft : drafts) {
            if (refused.containsKey(draft.body())) {
                throw refused.get(draft.body());
            }
        }
        return drafts.stream()
                .map(draft -> {
                    long seq = entries.size() + 1L;
                    @Nullable Long before = keys.putIfAbsent(draft.key(), seq);
                    if (before != null) {
                        // As the databases answer, which read no reactions here.
                        LogEntry known = entries.get((int) (before - 1));
                        return known.with(known.message().withReactions(List.of()));
                    }
                    Message message = new Message(
                            room,
                            seq,
                            draft.author(),
                            draft.body(),
                            now,
                            Message.Status.POSTED,
                            Optional.empty(),
                            List.of(),
                            Set.of());
                    version++;
                    LogEntry entry = new LogEntry(message, version, version, Optional.empty());
                    entries.add(entry);
                    return entry;
                })
                .toList();
    }

    @Override
    public synchronized List<LogEntry> after(RoomId room, long seq, int limit) {
        answer();
        return entries.stream()
                .filter(entry -> entry.message().seq() > seq)
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized List<LogEntry> before(RoomId room, long seq, int limit) {
        answer();
        List<LogEntry> before =
                entries.stream().filter(entry -> entry.message().seq() < seq).toList();
        return before.subList(Math.max(0, before.size() - limit), before.size());
    }

    @Override
    public synchronized Optional<LogEntry> entry(RoomId room, long seq) {
        return after(room, seq - 1, 1).stream().findFirst();
    }

    @Override
    public synchronized List<LogEntry> changes(RoomId room, long version, int limit) {
        answer();
        return entries.stream()
                .filter(entry -> entry.version() > version)
                .sorted(Comparator.comparing(LogEntry::version))
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized long lastSeq(RoomId room) {
        answer();
        return entries.size();
    }

    @Override
    public synchronized long version(RoomId room) {
        answer();
        return version;
    }

    @Override
    public synchronized Map<RoomId, Long> versions(Collection<RoomId> rooms) {
        answer();
        return rooms.contains(RoomId.LOBBY) ? Map.of(RoomId.LOBBY, version) : Map.of();
    }

    @Override
    public synchronized long edit(RoomId room, long seq, UserId author, Edit edit, Instant now) {
        answer();
        LogEntry before = entries.get((int) seq - 1);
        Message message = before.message();
        Message edited = new Message(
                room,
                seq,
                message.author(),
                edit.body(),
                message.postedAt(),
                Message.Status.EDITED,
                Optional.empty(),
                List.of(),
                Set.of());
        entries.set((int) seq - 1, new LogEntry(edited, before.posted(), ++version, Optional.empty()));
        return version;
    }

    @Override
    public long delete(RoomId room, long seq, UserId user, Instant now) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long unreact(RoomId room, long seq, UserId user, Emoji emoji) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Set<Emoji> reactions(RoomId room, long seq, UserId user) {
        throw new UnsupportedOperationException();
    }

    /** Makes it the only reaction. */
    @Override
    public synchronized long react(RoomId room, long seq, UserId user, Emoji emoji, Instant now) {
        LogEntry before = entries.get((int) seq - 1);
        Message message = before.message().withReactions(List.of(new Reaction(emoji, 1, List.of())));
        entries.set((int) seq - 1, new LogEntry(message, before.posted(), ++version, Optional.empty()));
        return version;
    }

    private void answer() {
        if (away) {
            throw ChatException.unavailable(new IllegalStateException("away"));
        }
    }

    @Override
    public long nameVersion() {
        return 0;
    }

    @Override
    public List<NameChange> nameChanges(long version, int limit) {
        return List.of();
    }
}
