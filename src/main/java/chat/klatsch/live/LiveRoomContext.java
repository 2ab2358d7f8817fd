package chat.klatsch.live;

import chat.klatsch.core.RoomId;
import chat.klatsch.message.MessageStore;
import chat.klatsch.room.RoomSummary;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** What every room runs on. */
record LiveRoomContext(
        MessageStore store,
        Function<RoomId, Optional<RoomSummary>> circles,
        Clock clock,
        Executor executor,
        ScheduledExecutorService timer) {
    SerialTask task(Runnable work) {
        return new SerialTask(executor, work);
    }

    /** Does it after a while, or now when the server closes. */
    void later(Duration delay, Runnable work) {
        try {
            timer.schedule(work, delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closing) {
            work.run();
        }
    }

    WakeUpTimer timer(Runnable ring) {
        return new WakeUpTimer(clock, timer, ring);
    }
}
