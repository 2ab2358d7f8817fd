package chat.klatsch.inbox;

import chat.klatsch.core.RoomId;
import chat.klatsch.core.UserId;
import chat.klatsch.event.EventBus;
import chat.klatsch.event.PresenceReport;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who has a screen open at all, here or on another JVM. The JVMs tell each other as they do of a room. Used by one
 * thread at a time, but for {@link #isOnline}.
 */
final class OnlineUsers {
    /** No room is called that: the others have longer names, or the public one's. */
    static final RoomId EVERYWHERE = new RoomId("_everywhere_");

    private final EventBus bus;
    private final Map<String, Set<UserId>> elsewhere = new HashMap<>();
    private Set<UserId> here = Set.of();
    private boolean changed;
    private volatile Set<UserId> online = Set.of();

    OnlineUsers(EventBus bus) {
        this.bus = bus;
    }

    /** Any thread. */
    boolean isOnline(UserId user) {
        return online.contains(user);
    }

    void attending(String jvm, Set<UserId> people) {
        if (people.isEmpty()) {
            elsewhere.remove(jvm);
        } else {
            elsewhere.put(jvm, people);
        }
        changed = true;
    }

    /** Tells the others who is here now, if that is new to them, and returns who has come or gone anywhere. */
    Set<UserId> update(Set<UserId> now) {
        if (!now.equals(here)) {
            here = Set.copyOf(now);
            bus.attend(EVERYWHERE, new PresenceReport(here, List.of()));
            changed = true;
        }
        if (!changed) {
            return Set.of();
        }
        changed = false;
        Set<UserId> all = new HashSet<>(here);
        elsewhere.values().forEach(all::addAll);
        Set<UserId> comeOrGone = new HashSet<>(all);
        comeOrGone.removeAll(online);
        online.stream().filter(user -> !all.contains(user)).forEach(comeOrGone::add);
        online = Set.copyOf(all);
        return comeOrGone;
    }
}
