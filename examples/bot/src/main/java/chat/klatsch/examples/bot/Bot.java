package chat.klatsch.examples.bot;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;

/** Answers messages in the lobby that begin with "!echo", each once, also those of the time when it did not run. */
public final class Bot implements WebSocket.Listener {
    private static final String COMMAND = "!echo ";

    private final HttpClient http =
            HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
    private final Semaphore frames = new Semaphore(0);
    private final String chat;
    private final String name;
    private final Path cursor;

    /** @param cursor a file for the number of the last message that is done */
    Bot(String chat, String name, Path cursor) {
        this.chat = chat;
        this.name = name;
        this.cursor = cursor;
    }

    void run(String password) throws InterruptedException {
        while (true) {
            try {
                post("login", Map.of("login", name, "password", password));
                answerWhileConnected();
            } catch (IOException | RuntimeException e) {
                System.err.println("Trying again in two seconds: " + e);
            }
            Thread.sleep(2_000);
        }
    }

    /** The WebSocket only tells that there is something to read, or every three seconds that it works. */
    private void answerWhileConnected() throws IOException, InterruptedException {
        URI live = URI.create(chat.replaceFirst("^http", "ws") + "rooms/lobby/live");
        WebSocket socket = http.newWebSocketBuilder().buildAsync(live, this).join();
        do {
            frames.drainPermits();
            answerNew();
        } while (frames.tryAcquire(15, TimeUnit.SECONDS) && !socket.isInputClosed());
        socket.abort();
    }

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
        socket.request(1);
        frames.release();
        return null;
    }

    private void answerNew() throws IOException, InterruptedException {
        if (Files.notExists(cursor)) {
            // What was said before its first start is not for the bot.
            List<Element> newest = messages("before=" + Integer.MAX_VALUE);
            Files.writeString(cursor, newest.isEmpty() ? "0" : seq(newest.get(newest.size() - 1)));
        }
        List<Element> page;
        while (!(page = messages("after=" + Files.readString(cursor))).isEmpty()) {
            for (Element message : page) {
                answer(message.attr("data-author"), message.select(".body").text(), seq(message));
                Files.writeString(cursor, seq(message));
            }
        }
    }

    private void answer(String author, String text, String seq) throws IOException, InterruptedException {
        if (text.startsWith(COMMAND) && !author.equals(name) && !author.startsWith("bot:")) {
            String answer = text.substring(COMMAND.length());
            // The same key and text are the same message, should the bot end before it notes that this one is done.
            post("rooms/lobby/messages", Map.of("body", answer, "replyTo", seq, "key", "answer-" + seq));
        }
    }

    private List<Element> messages(String where) throws IOException, InterruptedException {
        String page = send(request("rooms/lobby/messages?" + where), 200);
        return Jsoup.parse(page).select("li[data-seq]");
    }

    private static String seq(Element message) {
        return message.attr("data-seq");
    }

    private void post(String path, Map<String, String> form) throws IOException, InterruptedException {
        String body = form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        send(
                request(path)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(body)),
                303);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(chat + path));
    }

    private String send(HttpRequest.Builder request, int expected) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != expected) {
            throw new IOException(response.uri().getPath() + " was answered with " + response.statusCode());
        }
        return response.body();
    }

    public static void main(String[] arguments) throws InterruptedException {
        new Bot(arguments[0], arguments[1], Path.of("bot.seq")).run(System.getenv("BOT_PASSWORD"));
    }
}
