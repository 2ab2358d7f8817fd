package chat.klatsch.redis;

import chat.klatsch.core.UserId;
import chat.klatsch.event.EventBus.Event;
import chat.klatsch.event.EventListener;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Queues this node's events for the other nodes. Thread-safe. */
record EventPublisher(PublishQueue queue, BooleanSupplier isUp) implements EventListener {
    @Override
    public void onRoomUpdated(Event.RoomUpdated event) {
        queue.addVersion(event.room(), event.version());
    }

    @Override
    public void onRoomChanged(Event.RoomChanged event) {
        @Nullable UserId user = event.user();
        queue.add(null, new NodeMessage.RoomChanged(event.room().value(), user == null ? null : user.value()));
    }

    @Override
    public void onMessagesRead(Event.MessagesRead event) {
        queue.add(
                null,
                new NodeMessage.MessagesRead(
                        event.room().value(),
                        event.readers().stream().map(UserId::value).toList()));
    }

    /** Drops it while Redis is unavailable: it would be out of date later. */
    @Override
    public void onUserTyping(Event.UserTyping event) {
        if (isUp.getAsBoolean()) {
            queue.add(event.room(), new NodeMessage.UserTyping(event.user().value()));
        }
    }

    @Override
    public void onUserRenamed(Event.UserRenamed event) {
        queue.add(null, new NodeMessage.UserRenamed(event.user().value()));
    }

    @Override
    public void onSessionsRevoked(Event.SessionsRevoked event) {
        queue.add(null, new NodeMessage.SessionsRevoked(event.user().value(), event.session()));
    }

    @Override
    public void onSessionReplaced(Event.SessionReplaced event) {
        queue.add(null, new NodeMessage.SessionReplaced(event.session()));
    }
}
