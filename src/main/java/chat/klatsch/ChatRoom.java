package chat.klatsch;

import chat.klatsch.core.RoomId;
import chat.klatsch.program.ProgramRoom;
import chat.klatsch.room.Room;
import java.time.Instant;
import java.util.Optional;

/**
 * A room that is no private chat.
 *
 * @param key by which the program that has created it finds it again
 * @param members the number of members
 * @param lastSeq the sequence number of the last message, or 0
 */
public record ChatRoom(
        RoomId id, Kind kind, String name, Optional<String> key, int members, long lastSeq, Instant createdAt) {
    /** Decides who can be a member. */
    public enum Kind {
        /** The one room of which every user is a member. */
        LOBBY,
        /** Every user may join. */
        OPEN,
        /** Users join by invitation, or are added by a program. */
        CLOSED
    }

    static ChatRoom of(ProgramRoom room) {
        return new ChatRoom(
                room.id(),
                kind(room.kind()),
                room.name(),
                room.key(),
                room.members(),
                room.lastSeq(),
                room.createdAt());
    }

    private static Kind kind(Room.Kind kind) {
        return switch (kind) {
            case PUBLIC -> Kind.LOBBY;
            case OPEN -> Kind.OPEN;
            case CLOSED, DIRECT -> Kind.CLOSED;
        };
    }
}
