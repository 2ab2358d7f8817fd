package chat.klatsch.search;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.RoomId;
import chat.klatsch.core.Turns;
import chat.klatsch.core.User;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Finding what was said, a page at a time, newest first. Nobody finds anything where they do not belong. Thread-safe. */
public final class Search {
    /** How many messages a page shows. */
    public static final int PAGE = 20;

    private final SearchStore store;

    /** Two at once: a search may take seconds, and all else needs the database, too. */
    private final Turns turns = new Turns(
            2, Duration.ofSeconds(3), "Many people are searching just now. Please try again.", Duration.ofSeconds(3));

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
        List<Hit> hits = turns.take(() -> store.find(viewer.id(), query, room, before, PAGE + 1));
        if (hits.size() <= PAGE) {
            return new Found(hits, Optional.empty());
        }
        return new Found(hits.subList(0, PAGE), Optional.of(hits.get(PAGE - 1).place()));
    }
}
