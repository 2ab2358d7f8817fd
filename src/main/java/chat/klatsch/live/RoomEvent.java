package chat.klatsch.live;

import chat.klatsch.core.User;
import chat.klatsch.message.LogEntry;
import chat.klatsch.profile.NameChange;
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

        void namesChanged(NamesChanged event);
    }

    void accept(Visitor visitor);

    /**
     * Messages were posted or changed; at least one, in the order of their versions.
     *
     * @param since the version up to which the connections have seen everything: later posts may be new to them
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

    /** Users have other names; at least one, in the order of the changes. */
    record NamesChanged(List<NameChange> changes) implements RoomEvent {
        public NamesChanged {
            changes = List.copyOf(changes);
        }

        @Override
        public void accept(Visitor visitor) {
            visitor.namesChanged(this);
        }

        /** Returns the version of the last change. */
        public long version() {
            return changes.get(changes.size() - 1).version();
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
