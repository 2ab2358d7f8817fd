package chat.klatsch.web.http;

import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The metrics in Prometheus' text format, for programs on the same machine or for everybody. Thread-safe.
 *
 * @param text the current values
 * @param open whether programs on other machines may read them
 */
public record MetricsPage(Supplier<String> text, boolean open) {
    public void show(Context context) {
        if (!open && !isLocal(context)) {
            throw new NotFoundResponse();
        }
        context.contentType("text/plain; version=0.0.4; charset=utf-8").result(text.get());
    }

    /** A proxy on this machine that is not among the trusted ones forwards for others. */
    private static boolean isLocal(Context context) {
        boolean forwarded =
                Stream.of("Forwarded", "X-Forwarded-For").anyMatch(header -> context.header(header) != null);
        try {
            // The address is numeric, so no name is looked up.
            return !forwarded && InetAddress.getByName(context.ip()).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
