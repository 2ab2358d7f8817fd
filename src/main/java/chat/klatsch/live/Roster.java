package chat.klatsch.live;

import chat.klatsch.core.User;
import chat.klatsch.core.UserId;
import chat.klatsch.event.PresenceReport;
import chat.klatsch.room.RoomSummary;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The users in a room and, unless the room is public, its absent members.
 *
 * @param online the number of present users
 * @param shown the first present users by username, at most {@link PresenceReport#MAX_SHOWN}
 * @param away the first absent members, at most as many as {@link PresenceReport#MAX_SHOWN} leaves room for
 * @param more the number of users and members in neither list
 * @param certain false while other nodes are unavailable and this is their last known state
 */
public record Roster(int online, List<User> shown, List<User> away, int more, boolean certain) {
    static final Roster EMPTY = new Roster(0, List.of(), List.of(), 0, true);

    public Roster {
        shown = List.copyOf(shown);
        away = List.copyOf(away);
    }

    /** The roster of a private chat, whose users are present while they have any page open. */
    static Roster ofTwo(RoomSummary summary, Predicate<UserId> present, boolean certain) {
        Map<Boolean, List<User>> users =
                summary.first().stream().collect(Collectors.partitioningBy(member -> present.test(member.id())));
        List<User> shown = users.getOrDefault(true, List.of());
        return new Roster(shown.size(), shown, users.getOrDefault(false, List.of()), 0, certain);
    }

    static Roster of(int online, List<User> shown, RoomSummary summary, boolean certain) {
        Set<UserId> ids = shown.stream().map(User::id).collect(Collectors.toSet());
        List<User> away = summary.first().stream()
                .filter(member -> !ids.contains(member.id()))
                .limit(Math.max(0, PresenceReport.MAX_SHOWN - shown.size()))
                .toList();
        int more = Math.max(online, summary.members()) - shown.size() - away.size();
        return new Roster(online, shown, away, Math.max(0, more), certain);
    }
}
