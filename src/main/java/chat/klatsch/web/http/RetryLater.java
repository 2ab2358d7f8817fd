package chat.klatsch.web.http;

import chat.klatsch.core.ChatException;
import io.javalin.http.Context;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Tells whoever sends too much when to try again. A visitor's form is answered half a second later, which occupies no thread,
 * as a flood of refusals would take all processors.
 */
final class RetryLater {
    private static final Executor DELAYED = CompletableFuture.delayedExecutor(500, TimeUnit.MILLISECONDS);

    private RetryLater() {}

    /** Does nothing for a refusal that has no such time. */
    static void apply(ChatException refusal, Context context) {
        if (refusal.retryAfter().isZero()) {
            return;
        }
        if (!FormRequests.isSafe(context) && context.routeRoles().contains(Access.ANYONE)) {
            context.future(() -> CompletableFuture.runAsync(() -> {}, DELAYED));
        }
        context.header(
                "Retry-After", Long.toString(Math.max(1, refusal.retryAfter().toSeconds())));
    }
}
