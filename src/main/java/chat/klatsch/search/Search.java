package chat.klatsch.search;

import chat.klatsch.room.ChatException;
import chat.klatsch.room.RoomId;
import chat.klatsch.room.User;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Finding what was said, a page at a time, newest first. Nobody finds anything where they do not belong. Thread-safe. */
public final class Search {
    /** How many messages a page shows. */
    public static final int PAGE = 20;

    /** As many search at once: a search may take seconds, and all else needs the database, too. */
    private static final int AT_ONCE = 2;

    private static final int PATIENCE_SECONDS = 3;

    private final SearchStore store;
    private final Semaphore turns = new Semaphore(AT_ONCE, true);

    public Search(SearchStore store) {
        this.store = store;
    }

    /**
     * @param room where to look; in all of this person's rooms when it is empty
     * @throws ChatException UNAVAILABLE also when it takes too long, or too many search at once
     */
    public Found find(User viewer, Query query, Optional<RoomId> room, Optional<Place> before) {
        if (query.isEmpty()) {
            return new Found(List.of(), Optional.empty());
        }
        List<Hit> hits = find(viewer, query, room, before, PAGE + 1);
        if (hits.size() <= PAGE) {
            return new Found(hits, Optional.empty());
        }
        return new Found(hits.subList(0, PAGE), Optional.of(hits.get(PAGE - 1).place()));
    }

    private List<Hit> find(User viewer, Query query, Optional<RoomId> room, Optional<Place> before, int limit) {
        try {
            if (!turns.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw busy();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw busy();
        }
        try {
            return store.find(viewer.id(), query, room, before, limit);
        } finally {
            turns.release();
        }
    }

    private static ChatException busy() {
        return new ChatException(
                ChatException.Kind.UNAVAILABLE,
                "Many people are searching just now. Please try again.",
                Duration.ofSeconds(PATIENCE_SECONDS));
    }
}
