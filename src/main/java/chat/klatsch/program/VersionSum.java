package chat.klatsch.program;

import chat.klatsch.core.RoomId;
import java.util.List;

/**
 * The sum of the versions of all rooms but private chats, each times the {@linkplain #factor factor} of its room, so that
 * the sums of different rooms differ.
 */
public record VersionSum(long value) {
    /** The first three characters of the id as a number. The store calculates it, too. */
    private static long factor(RoomId room) {
        String id = room.value() + "--";
        return (id.charAt(0) << 14) + (id.charAt(1) << 7) + id.charAt(2);
    }

    /** The sum without what is not read in these rooms. */
    VersionSum without(List<RoomBehind> behind) {
        VersionSum left = this;
        for (RoomBehind room : behind) {
            left = left.with(room.position().withRead(room.version()), room.position());
        }
        return left;
    }

    /** The sum once a room is read to another position. */
    VersionSum with(Position before, Position after) {
        return new VersionSum(value + (after.read() - before.read()) * factor(after.room()));
    }
}
