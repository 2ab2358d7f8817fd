package chat.klatsch.program;

import chat.klatsch.core.RoomId;
import chat.klatsch.event.EventBus;
import chat.klatsch.event.EventBus.Event;
import chat.klatsch.event.EventListener;
import chat.klatsch.live.SerialTask;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** The subscriptions of the programs on this node. Thread-safe. */
public final class Subscriptions implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /** The times that a lease is renewed before it would end. */
    private static final int RENEWALS = 4;

    private final ChangeStore changes;
    private final SubscriptionStore store;
    private final List<Delivery> deliveries = new CopyOnWriteArrayList<>();
    private final AtomicInteger unnamed = new AtomicInteger();
    private boolean closed;

    /** @param executor renews leases. One that is busy with other work for seconds makes other nodes deliver, too */
    public Subscriptions(
            ChangeStore changes,
            SubscriptionStore store,
            EventBus bus,
            Executor executor,
            ScheduledExecutorService timer) {
        this.changes = changes;
        this.store = store;
        bus.subscribe(new Notifications());
        SerialTask renewal = new SerialTask(
                executor,
                () -> deliveries.forEach(delivery -> delivery.cursors().renew()));
        long interval = SubscriptionStore.LEASE.dividedBy(RENEWALS).toMillis();
        Runnable renew = () -> {
            if (!deliveries.isEmpty()) {
                renewal.wake();
            }
        };
        timer.scheduleAtFixedRate(renew, interval, interval, TimeUnit.MILLISECONDS);
    }

    /**
     * Tells a listener on this node what happens from now on.
     *
     * @param only the room that it is to be told about, if not all
     * @param listener makes the call that tells an occurrence
     * @return ends the subscription
     */
    public Runnable listen(Optional<RoomId> only, Function<Occurrence, Runnable> listener) {
        String name = Integer.toString(unnamed.incrementAndGet());
        return start(new Delivery(
                name, only, changes, new MemoryCursors(changes, only), false, listener, deliveries::remove));
    }

    /**
     * Tells a listener on one of the nodes at a time what has happened since the subscription with this name was created.
     *
     * @throws chat.klatsch.core.ChatException INVALID if it exists and is to other rooms
     */
    public Runnable durable(String name, Optional<RoomId> only, Function<Occurrence, Runnable> listener) {
        store.create(name, only);
        return start(
                new Delivery(name, only, changes, new StoredCursors(name, store), true, listener, deliveries::remove));
    }

    /** Deletes a subscription with what it has stored. */
    public void forget(String name) {
        store.forget(name);
    }

    private synchronized Runnable start(Delivery delivery) {
        if (closed) {
            throw new IllegalStateException("the chat is closed");
        }
        deliveries.add(delivery);
        delivery.start();
        // The lease is renewed until the call that is under way has ended.
        return delivery::close;
    }

    /** Ends all subscriptions. Waits for the calls that are under way, and interrupts those that take longer. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        deliveries.forEach(Delivery::close);
        try {
            awaitEnd();
            deliveries.forEach(Delivery::interrupt);
            awaitEnd();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        deliveries.clear();
    }

    private void awaitEnd() throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        for (Delivery delivery : deliveries) {
            delivery.awaitEnd(deadline);
        }
    }

    private final class Notifications implements EventListener {
        @Override
        public void onRoomUpdated(Event.RoomUpdated event) {
            deliveries.forEach(delivery -> delivery.onMessages(event.room()));
        }

        @Override
        public void onRoomChanged(Event.RoomChanged event) {
            deliveries.forEach(delivery -> delivery.onMembers(event.room()));
        }

        @Override
        public void onMessagesRead(Event.MessagesRead event) {}

        @Override
        public void onUserTyping(Event.UserTyping event) {}

        @Override
        public void onUserRenamed(Event.UserRenamed event) {}

        @Override
        public void onSessionsRevoked(Event.SessionsRevoked event) {}

        @Override
        public void onSessionReplaced(Event.SessionReplaced event) {}
    }
}
