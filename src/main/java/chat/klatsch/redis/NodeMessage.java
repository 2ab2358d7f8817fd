package chat.klatsch.redis;

import chat.klatsch.core.RoomId;
import chat.klatsch.core.UserId;
import chat.klatsch.event.EventBus.Event;
import chat.klatsch.event.PresenceReport;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A message from one node to others, as JSON. It holds ids only, for whoever can write to Redis can forge it. Malformed
 * messages are dropped.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = NodeMessage.Heartbeat.class, name = "heartbeat"),
    @JsonSubTypes.Type(value = NodeMessage.Leaving.class, name = "leaving"),
    @JsonSubTypes.Type(value = NodeMessage.SessionsRevoked.class, name = "sessionsRevoked"),
    @JsonSubTypes.Type(value = NodeMessage.SessionReplaced.class, name = "sessionReplaced"),
    @JsonSubTypes.Type(value = NodeMessage.RoomChanged.class, name = "roomChanged"),
    @JsonSubTypes.Type(value = NodeMessage.MessagesRead.class, name = "messagesRead"),
    @JsonSubTypes.Type(value = NodeMessage.UserRenamed.class, name = "userRenamed"),
    @JsonSubTypes.Type(value = NodeMessage.PresenceRequest.class, name = "presenceRequest"),
    @JsonSubTypes.Type(value = NodeMessage.RoomUpdated.class, name = "roomUpdated"),
    @JsonSubTypes.Type(value = NodeMessage.UserTyping.class, name = "userTyping"),
    @JsonSubTypes.Type(value = NodeMessage.PresenceUpdate.class, name = "presenceUpdate")
})
@JsonInclude(JsonInclude.Include.NON_NULL)
sealed interface NodeMessage {
    /** Receives the messages of one other node. */
    interface Receiver {
        /** The node renews its lease, as it does with every other message. */
        void onHeartbeat();

        void onLeaving();

        void onEvent(Event event);

        void onUserTyping(UserTyping message);

        void onPresenceRequest(PresenceRequest message);

        void onPresenceUpdate(PresenceUpdate message);
    }

    /** Calls the receiver's method for this message. */
    void dispatch(Receiver receiver);

    private static List<Long> bounded(List<Long> users) {
        if (users.size() > PresenceReport.MAX_USERS) {
            throw new IllegalArgumentException("too many users");
        }
        return List.copyOf(users);
    }

    /** On the common channel: the sender is alive. */
    record Heartbeat() implements NodeMessage {
        @Override
        public void dispatch(Receiver receiver) {
            receiver.onHeartbeat();
        }
    }

    /** On the common channel: the sender shuts down. */
    record Leaving() implements NodeMessage {
        @Override
        public void dispatch(Receiver receiver) {
            receiver.onLeaving();
        }
    }

    /** On the common channel. */
    record SessionsRevoked(long user, @Nullable String session) implements NodeMessage {
        @Override
        public void dispatch(Receiver receiver) {
            receiver.onEvent(new Event.SessionsRevoked(new UserId(user), session, false));
        }
    }

    /** On the common channel. */
    record SessionReplaced(String session) implements NodeMessage {
        public SessionReplaced {
            Objects.requireNonNull(session, "session");
        }

        @Override
        public void dispatch(Receiver receiver) {
            receiver.onEvent(new Event.SessionReplaced(session, false));
        }
    }

    /** On the common channel. */
    record RoomUpdated(String room, long version) implements NodeMessage {
        public RoomUpdated {
            room = new RoomId(room).value();
        }

        @Override
        public void dispatch(Receiver receiver) {
            receiver.onEvent(new Event.RoomUpdated(new RoomId(room), version));
        }
    }

    /** On the common channel. */
    record MessagesRead(String room, List<Long> users) implements NodeMessage {
        public MessagesRead {
            room = new RoomId(room).value();
            users = bounded(users);
        }

        @Override
        public void dispatch(Receiver receiver) {
            receiver.onEvent(new Event.MessagesRead(
                    new RoomId(room), users.stream().map(UserId::new).collect(Collectors.toSet())));
        }
    }

    /** On the common channel. */
    record RoomChanged(String room, @Nullable Long user) implements NodeMessage {
        public RoomChanged {
            room = new RoomId(room).value();
        }

        @Override
        public void dispatch(Receiver receiver) {
            receiver.onEvent(new Event.RoomChanged(new RoomId(room), user == null ? null : new UserId(user)));
        }
    }

    /** On the common channel. */
    record UserRenamed(long user) implements NodeMessage {
        @Override
        public void dispatch(Receiver receiver) {
            receiver.onEvent(new Event.UserRenamed(new UserId(user)));
        }
    }

    /** On any channel: asks one node, or all if {@code node} is null, for their presence updates. */
    record PresenceRequest(@Nullable String node) implements NodeMessage {
        @Override
        public void dispatch(Receiver receiver) {
            receiver.onPresenceRequest(this);
        }
    }

    /** On a room's channel. */
    record UserTyping(long user) implements NodeMessage {
        @Override
        public void dispatch(Receiver receiver) {
            receiver.onUserTyping(this);
        }
    }

    /** On a room's channel: the sender's users there. A higher version replaces a lower one, whichever arrives first. */
    record PresenceUpdate(long version, List<Long> users) implements NodeMessage {
        public PresenceUpdate {
            users = bounded(users);
        }

        static PresenceUpdate of(long version, PresenceReport report) {
            return new PresenceUpdate(
                    version, report.users().stream().map(UserId::value).toList());
        }

        PresenceReport report() {
            return PresenceReport.of(users.stream().map(UserId::new).toList());
        }

        @Override
        public void dispatch(Receiver receiver) {
            receiver.onPresenceUpdate(this);
        }
    }
}
