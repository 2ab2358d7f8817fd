package chat.klatsch.live;

import chat.klatsch.core.User;
import chat.klatsch.message.LogEntry;
import chat.klatsch.room.Room;
import java.util.List;

/** Something that everybody in a room sees happen. */
public sealed interface RoomEvent {
    /**
     * Messages have come or changed; at least one, in the order of their versions.
     *
     * @param since the version that those who are told have seen: what was posted later is new to them
     */
    record MessagesChanged(List<LogEntry> entries, long since) implements RoomEvent {
        public MessagesChanged {
            entries = List.copyOf(entries);
        }

        /** The version of the last of them. */
        public long version() {
            return entries.get(entries.size() - 1).version();
        }

        /** The highest number among those that are new, 0 when none is. */
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

    /** The room is called this, and people of this kind may come in. */
    record RoomChanged(String name, Room.Kind kind) implements RoomEvent {}

    /** Somebody came or went. */
    record PresenceChanged(Roster roster) implements RoomEvent {}

    /** Somebody began or ceased to write; these people are writing now. */
    record TypingChanged(List<User> typists) implements RoomEvent {
        public TypingChanged {
            typists = List.copyOf(typists);
        }
    }
}
