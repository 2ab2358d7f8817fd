package chat.klatsch.inbox;

import java.util.OptionalLong;

/**
 * Messages that a member has had in sight.
 *
 * @param first the sequence number of the first one; at most 1 if all earlier ones count as seen
 * @param last the sequence number of the last one
 * @param resets the {@link chat.klatsch.room.ReadMarker#resets} that the member's page knows of: one that was opened before
 *     the member marked messages as unread marks none as read; empty for any
 */
public record SeenRange(long first, long last, OptionalLong resets) {
    /** All messages up to this one. */
    public static SeenRange upTo(long last) {
        return new SeenRange(0, last, OptionalLong.empty());
    }

    /** Returns whether no message lies between the ranges. */
    public boolean touches(SeenRange other) {
        return resets.equals(other.resets) && first <= other.last + 1 && other.first <= last + 1;
    }

    /**
     * Returns what a page has had in sight that showed this range and then the next one. A reader who scrolls down fast
     * passes all messages between the ranges, while one who jumps up to older messages may skip some.
     */
    public SeenRange then(SeenRange next) {
        boolean down = last > 0 && resets.equals(next.resets) && next.first > last;
        return down || touches(next) ? with(next) : next;
    }

    /** Returns the messages of both ranges, and those between them. */
    public SeenRange with(SeenRange other) {
        return new SeenRange(Math.min(first, other.first), Math.max(last, other.last), resets);
    }
}
