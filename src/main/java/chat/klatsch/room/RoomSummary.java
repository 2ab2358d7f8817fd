package chat.klatsch.room;

import chat.klatsch.core.User;
import chat.klatsch.core.UserId;
import chat.klatsch.event.PresenceReport;
import java.util.List;
import java.util.Set;

/**
 * A room's name and members, the same for all members. A public room has all users as members and lists none.
 *
 * @param name not used in a direct room, which each user sees under the other's name
 * @param members the number of members
 * @param first the first members by username, at most {@link PresenceReport#MAX_SHOWN}
 * @param muted the muted users, members or not
 */
public record RoomSummary(String name, Room.Kind kind, int members, List<User> first, Set<UserId> muted) {
    public static final RoomSummary UNKNOWN = new RoomSummary("", Room.Kind.PUBLIC, 0, List.of(), Set.of());

    public RoomSummary {
        first = List.copyOf(first);
        muted = Set.copyOf(muted);
    }
}
