package chat.klatsch.web.http;

import chat.klatsch.core.ChatException;
import chat.klatsch.text.Text;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Liveness and readiness of this node, for supervisors and load balancers. Thread-safe. */
public final class HealthChecks {
    private final BooleanSupplier isStoreReady;
    private volatile boolean stopping;

    public HealthChecks(BooleanSupplier isStoreReady) {
        this.isStoreReady = isStoreReady;
    }

    /** Makes this node unready, before it stops. */
    public void markStopping() {
        stopping = true;
    }

    public boolean isStopping() {
        return stopping;
    }

    /** @throws ChatException UNAVAILABLE once this node is about to stop */
    public void refuseWhileStopping() {
        if (stopping) {
            throw new ChatException(
                    ChatException.Kind.UNAVAILABLE, new Text("refusal.restarting"), Duration.ofSeconds(1));
        }
    }

    public void live(Context context) {
        respond(context, 200, "ok");
    }

    public void ready(Context context) {
        if (stopping) {
            respond(context, 503, "going down");
        } else if (!isStoreReady.getAsBoolean()) {
            respond(context, 503, "the database does not answer");
        } else {
            respond(context, 200, "ready");
        }
    }

    private static void respond(Context context, int status, String text) {
        context.status(status).contentType("text/plain; charset=utf-8").result(text + "\n");
    }
}
