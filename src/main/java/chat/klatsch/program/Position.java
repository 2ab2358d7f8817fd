package chat.klatsch.program;

import chat.klatsch.core.RoomId;

/**
 * How far a subscription has got in a room. A message stands in the room's log at the version of its last change, so reading
 * the log in order may skip an earlier change of a message that has changed again; it is told when the message is read.
 *
 * @param told the version up to which every change is told
 * @param read the version up to which the log is read; higher than {@code told} while the subscription catches up
 * @param seq the sequence number up to which every message is told as posted
 */
public record Position(RoomId room, long told, long read, long seq) {
    /** The position before everything in a room. */
    static Position start(RoomId room) {
        return new Position(room, 0, 0, 0);
    }

    Position withPost(long post) {
        return new Position(room, told, read, Math.max(seq, post));
    }

    Position withRead(long version) {
        return new Position(room, told, version, seq);
    }

    boolean isComplete() {
        return told == read;
    }

    /** Nothing was left to read at the last reading. */
    Position complete() {
        return new Position(room, read, read, seq);
    }
}
