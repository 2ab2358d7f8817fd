package chat.klatsch.web;

import chat.klatsch.web.http.Json;
import chat.klatsch.web.view.Site;
import io.javalin.http.Context;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Describes the chat to browsers that install it as an app. Thread-safe. */
final class WebAppManifest {
    private static final String PAPER = "#f8f2ea";

    private final Site site;

    WebAppManifest(Site site) {
        this.site = site;
    }

    void show(Context context) {
        String home = site.path("/");
        Map<String, Object> manifest = new HashMap<>(Map.of(
                "id",
                home,
                "start_url",
                home,
                "scope",
                home,
                "name",
                site.name(),
                "short_name",
                site.name(),
                "display",
                "standalone",
                "icons",
                icons()));
        if (site.hasOwnColours()) {
            manifest.putAll(Map.of("background_color", PAPER, "theme_color", PAPER));
        }
        context.header("Cache-Control", "public, max-age=3600")
                .contentType("application/manifest+json")
                .result(Json.write(manifest));
    }

    private List<Map<String, String>> icons() {
        return site.brand()
                .logo()
                .map(logo -> List.of(
                        Map.of("src", site.logo(), "sizes", logo.sizes(), "type", logo.type(), "purpose", "any")))
                .orElseGet(() -> List.of(
                        icon("icon-192.png", "192x192", "any"),
                        icon("icon-512.png", "512x512", "any"),
                        icon("icon-maskable.png", "512x512", "maskable")));
    }

    private Map<String, String> icon(String name, String size, String purpose) {
        return Map.of("src", site.asset(name), "sizes", size, "type", "image/png", "purpose", purpose);
    }
}
