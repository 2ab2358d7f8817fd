package chat.klatsch.room;

import java.util.List;

/** Something that everybody in a room sees happen. */
public sealed interface RoomEvent {
    /** Messages found their places; at least one, in order, without a gap. */
    record Posted(List<Entry> entries) implements RoomEvent {
        public Posted {
            entries = List.copyOf(entries);
        }

        /** The place of the last of them. */
        public long last() {
            return entries.get(entries.size() - 1).message().seq();
        }
    }

    /** Somebody came or went. */
    record PresenceChanged(Roster roster) implements RoomEvent {}

    /** Somebody began or ceased to write; these people are writing now. */
    record TypingChanged(List<User> typists) implements RoomEvent {
        public TypingChanged {
            typists = List.copyOf(typists);
        }
    }
}
