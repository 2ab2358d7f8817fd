package chat.klatsch;

import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.PlaywrightException;
import java.time.Duration;
import java.util.concurrent.Callable;

/** Waiting in the thread that uses the browsers, where alone they may be asked and their events come in. */
final class Waits {
    static final Duration PATIENCE = Duration.ofSeconds(30);

    private Waits() {}

    static void eventually(Callable<Boolean> condition) {
        eventually(PATIENCE, condition);
    }

    static void eventually(Duration patience, Callable<Boolean> condition) {
        await().pollInSameThread()
                .pollInterval(Duration.ofMillis(50))
                .atMost(patience)
                .ignoreExceptionsInstanceOf(PlaywrightException.class) // a page may go while it is looked at
                .until(condition);
    }

    /** Waits for so long and fails as soon as the condition does not hold. */
    static void throughout(Duration time, Callable<Boolean> condition) {
        await().pollInSameThread()
                .during(time)
                .atMost(time.plus(PATIENCE))
                .failFast(() -> !condition.call())
                .until(() -> true);
    }
}
