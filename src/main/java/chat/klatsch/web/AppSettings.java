package chat.klatsch.web;

import chat.klatsch.web.http.ErrorResponses;
import chat.klatsch.web.http.FormRequests;
import chat.klatsch.web.view.Site;
import io.javalin.compression.CompressionStrategy;
import io.javalin.compression.Gzip;
import io.javalin.config.JavalinConfig;

/** Configures the Javalin app of a chat, whatever server it runs in. */
final class AppSettings {
    /** Takes a third of the default level's time for output a tenth larger. */
    private static final int GZIP_LEVEL = 3;

    private AppSettings() {}

    static void configure(JavalinConfig config, Site site) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        // Pages that are made on virtual threads would keep all other requests from the few threads that carry these.
        config.concurrency.useVirtualThreads = false;
        config.http.prefer405over404 = true;
        config.http.maxRequestSize = FormRequests.BYTES;
        config.http.compressionStrategy = new CompressionStrategy(null, new Gzip(GZIP_LEVEL));
        config.http.defaultContentType = "text/html; charset=utf-8";
        config.router.contextPath = site.basePath().isEmpty() ? "/" : site.basePath();
        config.router.javaLangErrorHandler((response, error) -> {
            ErrorResponses.explain(error);
            response.setStatus(500);
        });
    }
}
