package chat.klatsch.live;

import chat.klatsch.core.RoomId;
import chat.klatsch.message.ChatStore;
import chat.klatsch.room.Circle;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** What every room runs on. */
record Engine(
        ChatStore store,
        Function<RoomId, Optional<Circle>> circles,
        Clock clock,
        Executor executor,
        ScheduledExecutorService timer) {
    Pump pump(Runnable work) {
        return new Pump(executor, work);
    }

    /** Does it after a while, or now when the server closes. */
    void later(Duration delay, Runnable work) {
        try {
            timer.schedule(work, delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closing) {
            work.run();
        }
    }

    Alarm alarm(Runnable ring) {
        return new Alarm(clock, timer, ring);
    }
}
