package chat.klatsch.web.socket;

import chat.klatsch.core.ChatException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Connections to check against the store, all together. Thread-safe. */
final class PendingCheck {
    private final Consumer<List<SendQueue>> check;
    private final Set<SendQueue> pending = ConcurrentHashMap.newKeySet();

    PendingCheck(Consumer<List<SendQueue>> check) {
        this.check = check;
    }

    void addAll(Collection<SendQueue> connections) {
        pending.addAll(connections);
    }

    boolean isEmpty() {
        return pending.isEmpty();
    }

    /** Checks the connections that have been added. If the store does not answer, keeps those that are still open. */
    void run(Set<SendQueue> open) {
        List<SendQueue> taken = List.copyOf(pending);
        taken.forEach(pending::remove);
        try {
            check.accept(taken);
        } catch (ChatException unavailable) {
            // The store has logged it, and ConnectionRegistry asks for the check again.
            pending.addAll(taken);
            pending.retainAll(open);
        }
    }
}
