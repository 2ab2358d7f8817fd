package chat.klatsch.operation;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;

/** Asks for the chat at its public URL, through the proxy if there is one. @param home without a slash at its end */
record PublicUrlCheck(String home) {
    private static final String SUBJECT = "Public URL";
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final String LOCAL = "http://(localhost|127\\.[^/]*|\\[::1])([:/].*)?";
    private static final int UNAUTHORIZED = 401;

    List<Finding> findings() {
        HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
        try {
            HttpResponse<Void> health = get(client, "/healthz");
            if (health.statusCode() != 200) {
                return List.of(Finding.error(
                        SUBJECT,
                        home + "/healthz answers " + health.statusCode(),
                        "502 and 504: start the chat, and check the proxy's address for it. 404: check --base-path and"
                                + " the proxy's locations. 301: set --public-url to where it leads."));
            }
            List<Finding> findings = new ArrayList<>();
            findings.add(
                    home.startsWith("https:") || home.matches(LOCAL)
                            ? Finding.ok(SUBJECT, home + " leads to the chat")
                            : Finding.warning(
                                    SUBJECT,
                                    home + " is not encrypted",
                                    "Let a proxy serve it over https, and set --public-url=https://..."));
            health.headers().firstValue("Date").ifPresent(date -> findings.addAll(clock(date)));
            findings.add(webSocket(client));
            if (get(client, "/metrics").statusCode() == 200 && !home.matches(LOCAL)) {
                findings.add(Finding.warning(
                        "Metrics",
                        "anyone can read " + home + "/metrics",
                        "Nothing with --metrics=everyone. Otherwise the proxy does not set X-Forwarded-For: let it."));
            }
            return findings;
        } catch (IOException | IllegalArgumentException e) {
            return List.of(
                    Finding.failure(
                            SUBJECT,
                            home + " cannot be reached from here",
                            e,
                            "Check the name, the certificate and the proxy. If only this machine cannot reach it, ignore this."));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private HttpResponse<Void> get(HttpClient client, String path) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(home + path)).timeout(TIMEOUT).build();
        return client.send(request, HttpResponse.BodyHandlers.discarding());
    }

    private static List<Finding> clock(String date) {
        try {
            Instant other = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date));
            return List.of(ClockCheck.compare("public URL", Duration.between(other, Instant.now())));
        } catch (DateTimeParseException e) {
            return List.of();
        }
    }

    /** The chat refuses a WebSocket without a session with 401, if the proxy lets it see that one is asked for. */
    private Finding webSocket(HttpClient client) {
        URI live = URI.create(home.replaceFirst("^http", "ws") + "/rooms/lobby/live");
        try {
            client.newWebSocketBuilder()
                    .connectTimeout(TIMEOUT)
                    .buildAsync(live, new WebSocket.Listener() {})
                    .join()
                    .abort();
            return Finding.ok("WebSockets", "pass");
        } catch (CompletionException e) {
            if (e.getCause() instanceof WebSocketHandshakeException refused
                    && refused.getResponse().statusCode() == UNAUTHORIZED) {
                return Finding.ok("WebSockets", "pass through to the chat");
            }
            String answer = e.getCause() instanceof WebSocketHandshakeException refused
                    ? String.valueOf(refused.getResponse().statusCode())
                    : String.valueOf(e.getCause());
            return Finding.error(
                    "WebSockets",
                    "do not reach the chat at " + live + " (" + answer + ")",
                    "Let the proxy pass the headers Upgrade and Connection, as docs/deploy/nginx.conf does.");
        }
    }
}
