package chat.klatsch.room;

/**
 * A room and how far one of its members has read it.
 *
 * @param unread how many messages came after the last that this member has seen
 * @param mentions in how many of those this member is mentioned
 */
public record Membership(Room room, long unread, long mentions) {}
