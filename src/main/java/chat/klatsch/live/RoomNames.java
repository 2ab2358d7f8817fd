package chat.klatsch.live;

import chat.klatsch.core.User;
import chat.klatsch.core.UserId;
import chat.klatsch.profile.NameChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Users' new names, as far as one room shows them. Confined to the room's serial task. */
record RoomNames(
        NameFeed feed,
        Presence presence,
        Subscribers subscribers,
        RoomSummaryCache summaryCache,
        List<NameChange> waiting) {
    RoomNames(NameFeed feed, Presence presence, Subscribers subscribers, RoomSummaryCache summaryCache) {
        this(feed, presence, subscribers, summaryCache, new ArrayList<>());
    }

    void onChanged(List<NameChange> changes) {
        Map<UserId, User> renamed = changes.stream()
                .map(NameChange::user)
                .collect(Collectors.toMap(User::id, user -> user, (before, after) -> after));
        presence.rename(renamed);
        subscribers.rename(renamed);
        summaryCache.onRenamed(renamed.keySet());
        waiting.addAll(changes);
    }

    /** Broadcasts what has changed, in a frame of its own: it also changes messages that an earlier one inserts. */
    void broadcast(long cursor) {
        if (!waiting.isEmpty()) {
            subscribers.broadcast(List.of(new RoomEvent.NamesChanged(waiting)), cursor, cursor);
            waiting.clear();
        }
    }

    /** Returns what has changed since a page was rendered. */
    Optional<RoomEvent> changedSince(long version) {
        return Optional.of(feed.since(version))
                .filter(changes -> !changes.isEmpty())
                .map(RoomEvent.NamesChanged::new);
    }
}
