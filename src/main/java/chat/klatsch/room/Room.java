package chat.klatsch.room;

/** A room as one of its members sees it. */
public record Room(RoomId id, String name) {
    /** The same answer for a room that does not exist and for one that the viewer may not see. */
    public static ChatException notFound() {
        return new ChatException(ChatException.Kind.NOT_FOUND, "There is no such room, or it is not open to you.");
    }
}
