package chat.klatsch.program;

/**
 * A room with changes that a subscription has not read.
 *
 * @param version of the room
 */
public record RoomBehind(Position position, long version) {}
