package chat.klatsch.room;

import java.time.Instant;

/** A stored message. {@code seq} is its place in the room: 1, 2, 3… without gaps, the same for everybody. */
public record Message(RoomId room, long seq, User author, String body, Instant postedAt) {}
