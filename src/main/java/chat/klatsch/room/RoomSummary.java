package chat.klatsch.room;

import chat.klatsch.core.User;
import chat.klatsch.core.UserId;
import chat.klatsch.event.PresenceReport;
import java.util.List;
import java.util.Set;

/**
 * A room and those who belong to it, as everybody in it sees them. Of a public one, to which everybody belongs, nobody
 * is listed.
 *
 * @param name of no meaning in a private chat, which each of the two knows by the other's
 * @param members how many people belong to it
 * @param first the first of them by username, at most {@link PresenceReport#SHOWN}
 * @param muted those who may only read, members or not
 */
public record RoomSummary(String name, Room.Kind kind, int members, List<User> first, Set<UserId> muted) {
    public static final RoomSummary UNKNOWN = new RoomSummary("", Room.Kind.PUBLIC, 0, List.of(), Set.of());

    public RoomSummary {
        first = List.copyOf(first);
        muted = Set.copyOf(muted);
    }
}
