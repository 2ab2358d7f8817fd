package chat.klatsch.live;

import chat.klatsch.core.User;
import chat.klatsch.core.UserId;
import chat.klatsch.event.PresenceReport;
import chat.klatsch.room.RoomSummary;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Who is in a room and, unless everybody belongs to it, who of its members is away.
 *
 * @param online how many people are there, each counted once
 * @param shown the first of them by username, at most {@link #PresenceReport.SHOWN}
 * @param away the first members who are not there, as many as {@link #PresenceReport.SHOWN} leaves room for
 * @param more how many are in neither list
 * @param certain false while other JVMs cannot be heard: this is then what was known last
 */
public record Roster(int online, List<User> shown, List<User> away, int more, boolean certain) {
    static final Roster EMPTY = new Roster(0, List.of(), List.of(), 0, true);

    public Roster {
        shown = List.copyOf(shown);
        away = List.copyOf(away);
    }

    /** @param here the first of those who are there: all of them, or as many as are shown */
    static Roster of(int online, List<User> here, RoomSummary summary, boolean certain) {
        Set<UserId> ids = new HashSet<>();
        here.forEach(user -> ids.add(user.id()));
        List<User> away = summary.first().stream()
                .filter(member -> !ids.contains(member.id()))
                .limit(Math.max(0, PresenceReport.SHOWN - here.size()))
                .toList();
        int more = Math.max(online, summary.members()) - here.size() - away.size();
        return new Roster(online, here, away, Math.max(0, more), certain);
    }
}
