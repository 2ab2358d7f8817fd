package chat.klatsch.room;

import java.time.Clock;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;

/** What every room runs on. */
record Engine(ChatStore store, Clock clock, Executor executor, ScheduledExecutorService timer) {
    Pump pump(Runnable work) {
        return new Pump(executor, work);
    }

    Alarm alarm(Runnable ring) {
        return new Alarm(clock, timer, ring);
    }
}
