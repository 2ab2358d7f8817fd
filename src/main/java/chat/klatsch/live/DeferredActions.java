package chat.klatsch.live;

import chat.klatsch.core.ChatException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Actions that any thread adds and one serial task runs in order. Thread-safe. */
public final class DeferredActions {
    private static final Logger log = LoggerFactory.getLogger(DeferredActions.class);

    private final Queue<Runnable> actions = new ConcurrentLinkedQueue<>();

    public void add(Runnable action) {
        actions.add(action);
    }

    /** Runs and removes all actions. @throws ChatException of an action, which stays, with those behind it */
    public void runAll() {
        for (Runnable action; (action = actions.peek()) != null; actions.remove()) {
            try {
                action.run();
            } catch (ChatException refusal) {
                throw refusal;
            } catch (RuntimeException e) {
                log.error("A deferred action failed", e);
            }
        }
    }
}
