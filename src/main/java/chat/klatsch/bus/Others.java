package chat.klatsch.bus;

import chat.klatsch.room.EventBus.Signal;
import chat.klatsch.room.RoomId;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The other JVMs: each says every second that it is alive, and is gone, with its people, when nothing was heard of it
 * during several beats of this one's own. As own beats come back by the same way, nobody is taken for dead while Redis
 * is away, or after this JVM itself has stood still. Used by one thread alone.
 */
final class Others {
    /** A JVM that was killed is gone after as many seconds. */
    private static final int LEASE = 7;

    /** So many JVMs are no chat but nonsense. */
    private static final int BOUND = 1_000;

    private static final class Other {
        int silence;
        final Map<RoomId, Long> versions = new HashMap<>();
    }

    private final Map<String, Other> known = new HashMap<>();
    private final Consumer<Signal> heard;
    private final Consumer<String> ask;

    /**
     * @param heard told of what happens to them
     * @param ask asks a JVM where its people are, all of which may have been missed
     */
    Others(Consumer<Signal> heard, Consumer<String> ask) {
        this.heard = heard;
        this.ask = ask;
    }

    /** Something was heard of this one; false when there are too many to listen to. */
    boolean heardOf(String jvm) {
        if (!known.containsKey(jvm)) {
            if (known.size() >= BOUND) {
                return false;
            }
            known.put(jvm, new Other());
            ask.accept(jvm);
        }
        known.get(jvm).silence = 0;
        return true;
    }

    /** Who is in a room there, unless something later has been heard already. */
    void attending(RoomId room, String jvm, Word.Attending told) {
        Map<RoomId, Long> versions = known.get(jvm).versions;
        if (told.version() > versions.getOrDefault(room, 0L)) {
            versions.put(room, told.version());
            heard.accept(new Signal.Attending(room, jvm, told.attendance()));
        }
    }

    /** A beat of this JVM's own has come back. */
    void age() {
        known.values().forEach(other -> other.silence++);
        known.entrySet().stream()
                .filter(other -> other.getValue().silence > LEASE)
                .map(Map.Entry::getKey)
                .toList()
                .forEach(this::gone);
    }

    void gone(String jvm) {
        if (known.remove(jvm) != null) {
            heard.accept(new Signal.Gone(jvm));
        }
    }
}
