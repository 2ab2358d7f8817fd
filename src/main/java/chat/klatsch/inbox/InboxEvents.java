package chat.klatsch.inbox;

import chat.klatsch.core.RoomId;
import chat.klatsch.core.UserId;
import chat.klatsch.event.EventBus.Event;
import chat.klatsch.event.EventListener;
import chat.klatsch.event.PresenceListener;
import chat.klatsch.event.PresenceReport;
import chat.klatsch.live.DeferredActions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Defers the events that concern inboxes to the inbox's serial task. Thread-safe. */
record InboxEvents(DeferredActions actions, InboxIndex index, InboxUpdates updates, OnlineUsers onlineUsers)
        implements EventListener, PresenceListener {
    @Override
    public void onRoomUpdated(Event.RoomUpdated event) {
        if (index.contains(event.room())) {
            actions.add(() -> updates.onAnnounced(event.room(), event.version()));
        }
    }

    @Override
    public void onMessagesRead(Event.MessagesRead event) {
        if (index.contains(event.room())) {
            actions.add(() -> updates.count(event.room(), event.readers()));
        }
    }

    @Override
    public void onRoomChanged(Event.RoomChanged event) {
        @Nullable UserId user = event.user();
        actions.add(() -> {
            if (user != null) {
                updates.invalidate(user);
            } else {
                index.with(event.room()).forEach(inbox -> updates.invalidate(inbox.owner()));
            }
        });
    }

    /** A private chat has the other user's name. */
    @Override
    public void onUserRenamed(Event.UserRenamed event) {
        actions.add(() -> index.withPartner(event.user()).forEach(inbox -> updates.invalidate(inbox.owner())));
    }

    @Override
    public void onUserTyping(Event.UserTyping event) {}

    @Override
    public void onSessionsRevoked(Event.SessionsRevoked event) {}

    @Override
    public void onSessionReplaced(Event.SessionReplaced event) {}

    @Override
    public void onPresenceReported(RoomId room, String node, PresenceReport report) {
        if (room.equals(OnlineUsers.ALL_ROOMS)) {
            actions.add(() -> onlineUsers.onReport(node, report.users()));
        }
    }

    @Override
    public void onNodeLeft(String node) {
        actions.add(() -> onlineUsers.onReport(node, Set.of()));
    }

    @Override
    public void onAvailabilityChanged(RoomId room, boolean available) {
        if (room.equals(OnlineUsers.ALL_ROOMS)) {
            actions.add(() -> updates.onAvailabilityChanged(available));
        }
    }
}
