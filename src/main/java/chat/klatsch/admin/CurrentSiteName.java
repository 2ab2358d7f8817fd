package chat.klatsch.admin;

import chat.klatsch.core.ChatException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * The chat's current name. A change on this node shows at once, and one on another node after a few seconds. Reading it never
 * waits for the store. Thread-safe.
 */
public final class CurrentSiteName implements Supplier<String> {
    private static final Duration LIFETIME = Duration.ofSeconds(5);

    private final AdminQueries queries;
    private final Executor executor;
    private final Clock clock;
    private final SiteName standard;
    private final AtomicReference<Instant> due;
    private final AtomicReference<SiteName> name;

    /** @param standard the name until an operator gives the chat another one */
    public CurrentSiteName(AdminQueries queries, SiteName standard, Executor executor, Clock clock) {
        this.queries = queries;
        this.executor = executor;
        this.clock = clock;
        this.standard = standard;
        this.name = new AtomicReference<>(queries.siteName().orElse(standard));
        this.due = new AtomicReference<>(clock.instant().plus(LIFETIME));
    }

    @Override
    public String get() {
        Instant now = clock.instant();
        Instant next = due.get();
        if (now.isAfter(next) && due.compareAndSet(next, now.plus(LIFETIME))) {
            executor.execute(this::refresh);
        }
        return name.get().value();
    }

    void set(SiteName changed) {
        name.set(changed);
    }

    private void refresh() {
        SiteName before = name.get();
        try {
            // A change on this node meanwhile is newer than what the store has returned.
            name.compareAndSet(before, queries.siteName().orElse(standard));
        } catch (ChatException unavailable) {
            // The store has logged it, and the name remains until the next refresh.
            due.set(clock.instant());
        }
    }
}
