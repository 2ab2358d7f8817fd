package chat.klatsch.live;

import chat.klatsch.core.MonotonicClock;
import chat.klatsch.core.RoomId;
import chat.klatsch.core.User;
import chat.klatsch.core.UserId;
import chat.klatsch.event.EventBus;
import chat.klatsch.message.MessageStore;
import chat.klatsch.room.RoomSummary;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The dependencies that all live rooms share.
 *
 * @param clock tells the times of messages
 * @param elapsed tells when something is due
 */
record LiveRoomContext(
        MessageStore store,
        NameFeed names,
        Function<RoomId, Optional<RoomSummary>> summaries,
        BiFunction<RoomId, Collection<UserId>, List<User>> members,
        Predicate<UserId> online,
        EventBus bus,
        EventRenderer renderer,
        Clock clock,
        MonotonicClock elapsed,
        Executor executor,
        ScheduledExecutorService timer) {
    SerialTask task(Runnable work) {
        return new SerialTask(executor, work);
    }

    /** Runs the work after a delay, or immediately if the server is shutting down. */
    void later(Duration delay, Runnable work) {
        try {
            timer.schedule(work, delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closing) {
            work.run();
        }
    }

    WakeUpTimer timer(Runnable action) {
        return new WakeUpTimer(elapsed, timer, action);
    }
}
