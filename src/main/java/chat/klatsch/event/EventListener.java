package chat.klatsch.event;

import chat.klatsch.event.EventBus.Event;

/**
 * Receives the events of a bus, on the publisher's thread or on the bus's own. No method has a default, so that each
 * listener decides about a new event. Implementations are thread-safe and do not block.
 */
public interface EventListener {
    void onRoomUpdated(Event.RoomUpdated event);

    void onRoomChanged(Event.RoomChanged event);

    void onMessagesRead(Event.MessagesRead event);

    void onUserTyping(Event.UserTyping event);

    void onUserRenamed(Event.UserRenamed event);

    void onSessionsRevoked(Event.SessionsRevoked event);

    void onSessionReplaced(Event.SessionReplaced event);
}
