package chat.klatsch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** A person with a cookie jar and, once connected, a WebSocket into a room, the lobby unless it is said, so that tests read like a conversation. */
public final class ChatClient implements AutoCloseable {
    public static final String PASSWORD = "correct horse battery";

    /** A message as this person sees it. */
    public record Seen(long seq, String author, String body) {}

    static {
        Awaitility.setDefaultPollDelay(Duration.ZERO);
        Awaitility.setDefaultPollInterval(Duration.ofMillis(20));
    }

    private final String url;
    private final String username;
    private final String room;
    private final HttpClient http;
    private final List<String> frames = new CopyOnWriteArrayList<>();
    private CompletableFuture<Integer> closeCode = new CompletableFuture<>();
    private WebSocket socket;

    public ChatClient(String url, String username) {
        this(
                url,
                username,
                "lobby",
                HttpClient.newBuilder()
                        .cookieHandler(new CookieManager())
                        .connectTimeout(Duration.ofSeconds(10))
                        .build());
    }

    private ChatClient(String url, String username, String room, HttpClient http) {
        this.url = url;
        this.username = username;
        this.room = room;
        this.http = http;
    }

    /** The same person in another tab, not connected yet. */
    public ChatClient tab() {
        return in(room);
    }

    /** The same person in another tab that looks at this room, not connected yet. */
    public ChatClient in(String room) {
        return new ChatClient(url, username, room, http);
    }

    /** The room's path, and what is said of it: {@code at("live")}. */
    public String at(String door) {
        return "rooms/" + room + "/" + door;
    }

    /** Makes a room and goes there in another tab, not connected yet. */
    public ChatClient makes(String name, String kind) {
        return in(roomIn(post("rooms", Map.of("name", name, "kind", kind))));
    }

    /** Goes to the private chat with somebody in another tab, not connected yet. */
    public ChatClient chatsWith(String username) {
        return in(roomIn(post("direct/" + username, Map.of())));
    }

    /** The room that an answer leads to. */
    private static String roomIn(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(303);
        return response.headers().firstValue("Location").orElseThrow().replaceFirst(".*/rooms/", "");
    }

    public String room() {
        return room;
    }

    /** Somebody new, signed up and connected. */
    public static ChatClient join(ChatServer chat, String username) {
        return new ChatClient(chat.url(), username).signUp().connect();
    }

    public String username() {
        return username;
    }

    public ChatClient signUp() {
        assertThat(post("signup", Map.of("username", username, "password", PASSWORD))
                        .statusCode())
                .isEqualTo(303);
        return this;
    }

    public ChatClient signIn() {
        assertThat(post("login", Map.of("login", username, "password", PASSWORD))
                        .statusCode())
                .isEqualTo(303);
        return this;
    }

    /** Connects and waits until the server has let this person in. */
    public ChatClient connect() {
        connect(at("live"));
        await().until(() -> frames.stream().anyMatch(frame -> frame.contains("id=\"presence\"")));
        return this;
    }

    /** Connects anew, having seen everything up to this place. */
    public ChatClient connectAfter(long seq) {
        return connect(at("live?after=" + seq));
    }

    public ChatClient connect(String path, String... headers) {
        closeCode = new CompletableFuture<>();
        WebSocket.Builder builder = http.newWebSocketBuilder().connectTimeout(Duration.ofSeconds(10));
        for (int i = 0; i < headers.length; i += 2) {
            builder.header(headers[i], headers[i + 1]);
        }
        socket = builder.buildAsync(URI.create(url.replaceFirst("^http", "ws") + path), new Listener())
                .join();
        return this;
    }

    /** Tries to connect and returns the status that it was refused with, or 101. */
    public int connects(String path, String... headers) {
        try {
            connect(path, headers);
            return 101;
        } catch (CompletionException e) {
            return ((WebSocketHandshakeException) e.getCause()).getResponse().statusCode();
        }
    }

    public void disconnect() {
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
    }

    /** Posts by form, as the page does, and returns the place that the message got. */
    public long posts(String body) {
        return posts(body, UUID.randomUUID().toString());
    }

    public long posts(String body, String key) {
        HttpResponse<String> response =
                post(at("messages"), Map.of("body", body, "key", key), "Accept", "application/json");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
        return Long.parseLong(response.body().replaceAll("\\D", ""));
    }

    /** Sends a text frame as it is. */
    public void sends(String frame) {
        socket.sendText(frame, true).join();
    }

    /** Sends a text frame of which the server may not want to see the end. */
    public void sendsUnlessClosed(String frame) {
        socket.sendText(frame, true).exceptionally(closed -> socket).join();
    }

    public void sends(ByteBuffer binary) {
        socket.sendBinary(binary, true).join();
    }

    /** What the server said to this person alone. */
    public List<String> notices() {
        return frames.stream()
                .flatMap(frame -> Jsoup.parse(frame).select("#notice").stream())
                .map(Element::text)
                .toList();
    }

    /** Every message seen on the socket, in the order of arrival. */
    public List<Seen> seen() {
        return frames.stream().flatMap(frame -> messages(frame).stream()).toList();
    }

    public List<String> bodies() {
        return seen().stream().map(Seen::body).toList();
    }

    public void sees(String body) {
        await().until(this::bodies, bodies -> bodies.contains(body));
    }

    public List<String> frames() {
        return List.copyOf(frames);
    }

    /** How many people are in the room, as this person was last told. */
    public int online() {
        return frames.stream()
                .flatMap(frame -> Jsoup.parse(frame).select("#presence").stream())
                .map(element -> Integer.parseInt(element.attr("data-online")))
                .reduce(0, (before, after) -> after);
    }

    public int closeCode() {
        await().until(closeCode::isDone);
        return closeCode.join();
    }

    public boolean isConnected() {
        return !closeCode.isDone();
    }

    public HttpResponse<String> get(String path, String... headers) {
        return send(path, headers, HttpRequest.Builder::GET);
    }

    public Document page(String path) {
        return Jsoup.parse(get(path).body());
    }

    public HttpResponse<String> post(String path, Map<String, String> form, String... headers) {
        String body = form.entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
        return send(
                path,
                headers,
                request -> request.header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    public HttpResponse<String> send(String path, String[] headers, Consumer<HttpRequest.Builder> kind) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(url + path)).timeout(Duration.ofSeconds(30));
        if (headers.length > 0) {
            request.headers(headers);
        }
        kind.accept(request);
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The messages in a piece of the chat's HTML. */
    public static List<Seen> messages(String html) {
        List<Seen> messages = new ArrayList<>();
        for (Element message : Jsoup.parse(html).select("[data-seq]")) {
            messages.add(new Seen(
                    Long.parseLong(message.attr("data-seq")),
                    message.attr("data-author"),
                    message.selectFirst(".body").wholeText()));
        }
        return messages;
    }

    /** The value of a cookie that the server has set. */
    public Optional<String> cookie(String name) {
        return ((CookieManager) http.cookieHandler().orElseThrow())
                .getCookieStore().getCookies().stream()
                        .filter(cookie -> cookie.getName().equals(name))
                        .map(java.net.HttpCookie::getValue)
                        .findFirst();
    }

    @Override
    public void close() {
        if (socket != null) {
            socket.abort();
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private final class Listener implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();
        private final CompletableFuture<Integer> code = closeCode;

        @Override
        public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                frames.add(text.toString());
                text.setLength(0);
            }
            webSocket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
            code.complete(statusCode);
            return null;
        }

        @Override
        public void onError(WebSocket webSocket, Throwable error) {
            code.complete(1006);
        }
    }
}
