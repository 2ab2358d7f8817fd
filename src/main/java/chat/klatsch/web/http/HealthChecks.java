package chat.klatsch.web.http;

import chat.klatsch.core.ChatException;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** What supervisors and balancers ask: whether the process lives, and whether it wants visitors. Thread-safe. */
public final class HealthChecks {
    private final BooleanSupplier storeAnswers;
    private volatile boolean leaving;

    public HealthChecks(BooleanSupplier storeAnswers) {
        this.storeAnswers = storeAnswers;
    }

    /** From now on visitors are to be led elsewhere. */
    public void leave() {
        leaving = true;
    }

    /** @throws ChatException UNAVAILABLE for a connection that would have to end at once */
    public void refuseWhenLeaving() {
        if (leaving) {
            throw new ChatException(
                    ChatException.Kind.UNAVAILABLE, "The chat is restarting. Please try again.", Duration.ofSeconds(1));
        }
    }

    public void live(Context context) {
        answer(context, 200, "ok");
    }

    public void ready(Context context) {
        if (leaving) {
            answer(context, 503, "going down");
        } else if (!storeAnswers.getAsBoolean()) {
            answer(context, 503, "the database does not answer");
        } else {
            answer(context, 200, "ready");
        }
    }

    private static void answer(Context context, int status, String text) {
        context.status(status).contentType("text/plain; charset=utf-8").result(text + "\n");
    }
}
