package chat.klatsch.web.view;

import chat.klatsch.core.RoomId;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Renders messages one by one, so that one that cannot be rendered keeps no other from its readers. It is shown as plain
 * text, and logged once. Thread-safe.
 */
public final class RenderingFallback {
    private static final Logger log = LoggerFactory.getLogger(RenderingFallback.class);

    /** The failed messages that are remembered. After as many others, a message is logged again. */
    private static final int MAX_FAILED = 100;

    private final Set<String> failed = new LinkedHashSet<>();

    /**
     * Returns a message as it is shown.
     *
     * @param plain what is shown if the rendering fails
     */
    public <T> T render(RoomId room, long seq, Supplier<T> rendering, Supplier<T> plain) {
        try {
            return rendering.get();
        } catch (RuntimeException | StackOverflowError e) {
            if (isFirst(room + "/" + seq)) {
                log.error("Message {} of room {} cannot be rendered and is shown as plain text", seq, room, e);
            }
            return plain.get();
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
