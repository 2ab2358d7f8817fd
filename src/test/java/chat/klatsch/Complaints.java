package chat.klatsch;

import com.microsoft.playwright.BrowserContext;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The errors, warnings and breaches of the content security policy that a browser reports. */
final class Complaints {
    /** What browsers log when nobody answers. */
    static final String NETWORK = "net::ERR_|WebSocket connection to|htmx:ws:error|Failed to fetch";

    private final List<String> all = new ArrayList<>();
    private Pattern expected = Pattern.compile("(?!)");

    Complaints(BrowserContext context) {
        context.onConsoleMessage(message -> {
            if (List.of("error", "warning").contains(message.type())) {
                all.add(message.text() + " at " + message.location());
            }
        });
        context.onWebError(error -> all.add(error.error()));
    }

    /** Those that contain this are part of the story. */
    void expect(String pattern) {
        expected = Pattern.compile(pattern);
    }

    List<String> unexpected() {
        return all.stream().filter(text -> !expected.matcher(text).find()).toList();
    }
}
