package chat.klatsch.event;

import chat.klatsch.core.RoomId;
import chat.klatsch.core.UserId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Carries notifications between the parts of a node and between nodes. An event says that something happened, never what
 * was written. It may be lost, arrive twice or be forged: listeners take it as a reason to read the store, which is the
 * truth. Thread-safe, and no method waits for the network.
 */
public interface EventBus extends AutoCloseable {
    /** A notification that any part of a node may publish. */
    sealed interface Event {
        /** Calls the listener's method for this event. */
        void dispatch(EventListener listener);

        /** A message in the room was posted or changed, which raised the room to this version, if it is true. */
        record RoomUpdated(RoomId room, long version) implements Event {
            @Override
            public void dispatch(EventListener listener) {
                listener.onRoomUpdated(this);
            }
        }

        /** The room's name or members have changed, for all its members if {@code user} is null, else for that user. */
        record RoomChanged(RoomId room, @Nullable UserId user) implements Event {
            @Override
            public void dispatch(EventListener listener) {
                listener.onRoomChanged(this);
            }
        }

        /** These users have read more of the room, marked messages there as unread, or begun or dropped a draft there. */
        record MessagesRead(RoomId room, Set<UserId> readers) implements Event {
            @Override
            public void dispatch(EventListener listener) {
                listener.onMessagesRead(this);
            }
        }

        /** The user is typing. Only nodes with connections in the room receive it. */
        record UserTyping(RoomId room, UserId user) implements Event {
            @Override
            public void dispatch(EventListener listener) {
                listener.onUserTyping(this);
            }
        }

        /** The user has another display name. */
        record UserRenamed(UserId user) implements Event {
            @Override
            public void dispatch(EventListener listener) {
                listener.onUserRenamed(this);
            }
        }

        /**
         * A session of the user has ended, or all of them if {@code session} is null.
         *
         * @param certain false if another node says so, which may be forged
         */
        record SessionsRevoked(UserId user, @Nullable String session, boolean certain) implements Event {
            public SessionsRevoked(UserId user, @Nullable String session) {
                this(user, session, true);
            }

            @Override
            public void dispatch(EventListener listener) {
                listener.onSessionsRevoked(this);
            }
        }

        /**
         * A session has ended because its user has signed in again in the same browser.
         *
         * @param certain false if another node says so, which may be forged
         */
        record SessionReplaced(String session, boolean certain) implements Event {
            @Override
            public void dispatch(EventListener listener) {
                listener.onSessionReplaced(this);
            }
        }
    }

    /** Passes each event to the listener from now on, this node's own included. */
    void subscribe(EventListener listener);

    /** Publishes an event to the listeners on this node and on the others. */
    void publish(Event event);

    /** Passes what other nodes report about their users to the listener from now on. */
    void subscribePresence(PresenceListener listener);

    /**
     * Reports this node's users in a room to the other nodes, now and whenever one of them asks. The first call subscribes
     * this node to the room.
     */
    void reportPresence(RoomId room, PresenceReport report);

    /** Reports that this node has no users in the room any longer, and unsubscribes from it. */
    void leave(RoomId room);

    @Override
    void close();
}
