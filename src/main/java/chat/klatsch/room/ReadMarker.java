package chat.klatsch.room;

/**
 * A member's position in a room.
 *
 * @param seq the sequence number up to which all messages are read
 * @param resets how often the member has moved the marker back
 */
public record ReadMarker(long seq, long resets) {}
