package chat.klatsch.live;

import chat.klatsch.core.User;
import chat.klatsch.message.LogEntry;
import chat.klatsch.room.Room;
import java.util.List;

/** An event that is rendered for the connections of a room. */
public sealed interface RoomEvent {
    /** Handles each kind of event. No method has a default, so that each renderer decides about a new event. */
    interface Visitor {
        void messagesChanged(MessagesChanged event);

        void roomChanged(RoomChanged event);

        void presenceChanged(PresenceChanged event);

        void typingChanged(TypingChanged event);
    }

    void accept(Visitor visitor);

    /**
     * Messages were posted or changed; at least one, in the order of their versions.
     *
     * @param since the version that the connections have seen: later posts are new to them
     */
    record MessagesChanged(List<LogEntry> entries, long since) implements RoomEvent {
        public MessagesChanged {
            entries = List.copyOf(entries);
        }

        @Override
        public void accept(Visitor visitor) {
            visitor.messagesChanged(this);
        }

        /** Returns the version of the last entry. */
        public long version() {
            return entries.get(entries.size() - 1).version();
        }

        /** Returns the highest sequence number of a new message, or 0 if there is none. */
        public long newest() {
            return entries.stream()
                    .filter(this::isNew)
                    .mapToLong(entry -> entry.message().seq())
                    .max()
                    .orElse(0);
        }

        public boolean isNew(LogEntry entry) {
            return entry.posted() > since;
        }
    }

    /** The room has another name or kind. */
    record RoomChanged(String name, Room.Kind kind) implements RoomEvent {
        @Override
        public void accept(Visitor visitor) {
            visitor.roomChanged(this);
        }
    }

    /** A user or member came or went. */
    record PresenceChanged(Roster roster) implements RoomEvent {
        @Override
        public void accept(Visitor visitor) {
            visitor.presenceChanged(this);
        }
    }

    /** A user started or stopped typing. */
    record TypingChanged(List<User> users) implements RoomEvent {
        public TypingChanged {
            users = List.copyOf(users);
        }

        @Override
        public void accept(Visitor visitor) {
            visitor.typingChanged(this);
        }
    }
}
