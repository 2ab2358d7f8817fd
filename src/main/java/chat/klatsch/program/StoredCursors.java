package chat.klatsch.program;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.RandomToken;
import chat.klatsch.core.RoomId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * How far a named subscription has got, for all nodes together. The node that holds the lease delivers. It renews the lease
 * while it lives, and stops delivering before the lease can end.
 */
final class StoredCursors implements Cursors {
    private static final int HOLDER_BITS = 128;

    /** Shorter than the lease, by more than a query takes. */
    private static final long FRESH_NANOS = SubscriptionStore.LEASE.dividedBy(2).toNanos();

    private static final long ATTEMPT_NANOS = 1_000_000_000;

    private final String name;
    private final SubscriptionStore store;
    private final String holder = RandomToken.ofBits(HOLDER_BITS);

    private volatile boolean held;
    private volatile long renewedAt;
    private long attemptedAt = System.nanoTime() - ATTEMPT_NANOS;
    private long members;

    StoredCursors(String name, SubscriptionStore store) {
        this.name = name;
        this.store = store;
    }

    @Override
    public boolean hold() {
        if (isFresh()) {
            return true;
        }
        if (held) {
            // Another node may have delivered meanwhile, unless the lease is still this one's.
            return renewing(() -> store.renew(name, holder));
        }
        long now = System.nanoTime();
        if (now - attemptedAt < ATTEMPT_NANOS) {
            return false;
        }
        attemptedAt = now;
        if (renewing(() -> store.acquire(name, holder))) {
            members = store.memberVersion(name);
        }
        return held;
    }

    private boolean isFresh() {
        return held && System.nanoTime() - renewedAt < FRESH_NANOS;
    }

    private boolean renewing(BooleanSupplier action) {
        long before = System.nanoTime();
        held = action.getAsBoolean();
        renewedAt = before;
        return held;
    }

    @Override
    public List<RoomBehind> behind(Optional<Set<RoomId>> among) {
        return store.behind(name, among, MAX_ROOMS);
    }

    @Override
    public boolean advance(Position position) {
        return renewing(() -> store.advance(name, holder, position));
    }

    @Override
    public long memberVersion() {
        return members;
    }

    @Override
    public boolean advanceMembers(long version) {
        boolean stored = renewing(() -> store.advanceMembers(name, holder, version));
        members = version;
        return stored;
    }

    @Override
    public void renew() {
        if (!held) {
            return;
        }
        long before = System.nanoTime();
        try {
            if (store.renew(name, holder)) {
                renewedAt = before;
            } else {
                held = false;
            }
        } catch (ChatException unavailable) {
            // The store has logged it, and the lease may end.
        }
    }

    @Override
    public void release() {
        if (held) {
            held = false;
            store.release(name, holder);
        }
    }
}
