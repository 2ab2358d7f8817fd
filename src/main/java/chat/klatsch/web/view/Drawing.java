package chat.klatsch.web.view;

import chat.klatsch.core.RoomId;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Draws messages one by one, so that one that cannot be drawn keeps no other from its readers. It is shown as it was
 * written, and logged once. Thread-safe.
 */
public final class Drawing {
    private static final Logger log = LoggerFactory.getLogger(Drawing.class);

    /** The failed messages that are remembered. After as many others, a message is logged again. */
    private static final int MAX_FAILED = 100;

    private final Set<String> failed = new LinkedHashSet<>();

    /**
     * Returns what is drawn of a message.
     *
     * @param asWritten what is shown instead if that fails
     */
    public <T> T of(RoomId room, long seq, Supplier<T> drawn, Supplier<T> asWritten) {
        try {
            return drawn.get();
        } catch (RuntimeException | StackOverflowError e) {
            if (isFirst(room + "/" + seq)) {
                log.error("Message {} of room {} cannot be drawn and is shown as it was written", seq, room, e);
            }
            return asWritten.get();
        }
    }

    private boolean isFirst(String message) {
        synchronized (failed) {
            if (failed.size() == MAX_FAILED && !failed.contains(message)) {
                Iterator<String> oldest = failed.iterator();
                oldest.next();
                oldest.remove();
            }
            return failed.add(message);
        }
    }
}
