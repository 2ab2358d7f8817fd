package chat.klatsch.redis;

import chat.klatsch.core.RoomId;
import chat.klatsch.event.EventBus.Event;
import chat.klatsch.event.PresenceReport;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The other JVMs: each says at every beat that it is alive, and is gone, with its people, when nothing was heard of it
 * during several beats of this one's own. As own beats come back by the same way, nobody is taken for dead while Redis
 * is away, or after this JVM itself has stood still. Used by one thread alone.
 */
final class RemoteNodes {
    /** A JVM that was killed is gone after as many beats. */
    private static final int LEASE = 7;

    /** A room of which a JVM has not spoken for so many beats, as it does time and again, has none of its people. */
    private static final int ROOM_LEASE = 2 * RedisEventBus.BEATS_PER_TELLING + LEASE;

    /** So many JVMs are no chat but nonsense. */
    private static final int BOUND = 1_000;

    private static final class RemoteNode {
        int silence;
        final Map<RoomId, RoomLease> rooms = new HashMap<>();
    }

    /** The last that one has said of a room, and how many beats ago. */
    private static final class RoomLease {
        long version;
        int silence;
    }

    private final Map<String, RemoteNode> known = new HashMap<>();
    private final Consumer<Event> heard;
    private final Consumer<String> ask;

    /**
     * @param heard told of what happens to them
     * @param ask asks a JVM where its people are, all of which may have been missed
     */
    RemoteNodes(Consumer<Event> heard, Consumer<String> ask) {
        this.heard = heard;
        this.ask = ask;
    }

    /** Something was heard of this one; false when there are too many to listen to. */
    boolean heardOf(String jvm) {
        if (!known.containsKey(jvm)) {
            if (known.size() >= BOUND) {
                return false;
            }
            known.put(jvm, new RemoteNode());
            ask.accept(jvm);
        }
        known.get(jvm).silence = 0;
        return true;
    }

    /** Who is in a room there, unless something later has been heard already. */
    void attending(RoomId room, String jvm, NodeMessage.PresenceUpdate said) {
        RoomLease told = known.get(jvm).rooms.computeIfAbsent(room, unheard -> new RoomLease());
        if (said.version() >= told.version) {
            told.version = said.version();
            told.silence = 0;
            heard.accept(new Event.PresenceReported(room, jvm, said.attendance()));
        }
    }

    /** Nothing was heard for a while: whoever does not soon say again that they are in a room has left it meanwhile. */
    void doubt() {
        known.values().forEach(other -> other.rooms.values().forEach(told -> told.silence = ROOM_LEASE - LEASE));
    }

    /**
     * A beat of this JVM's own has come back.
     *
     * @param rooms those that are listened to; all others are forgotten
     */
    void age(Set<RoomId> rooms) {
        known.forEach((jvm, other) -> {
            other.silence++;
            other.rooms.keySet().retainAll(rooms);
            other.rooms.forEach((room, told) -> {
                if (++told.silence == ROOM_LEASE + 1) {
                    heard.accept(new Event.PresenceReported(room, jvm, PresenceReport.NOBODY));
                }
            });
        });
        known.entrySet().stream()
                .filter(other -> other.getValue().silence > LEASE)
                .map(Map.Entry::getKey)
                .toList()
                .forEach(this::gone);
    }

    void gone(String jvm) {
        if (known.remove(jvm) != null) {
            heard.accept(new Event.NodeLeft(jvm));
        }
    }
}
