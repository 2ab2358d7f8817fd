package chat.klatsch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import chat.klatsch.Messages.Author;
import chat.klatsch.core.RoomId;
import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.RawHttp;
import chat.klatsch.fixture.RouteTest;
import chat.klatsch.web.socket.HeartbeatSettings;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import jakarta.servlet.http.HttpSession;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A chat in a shop, which has a login, routes, a socket and errors of its own. */
class KlatschPluginTest {
    private static final String POLICY = "Content-Security-Policy";

    @TempDir
    static Path directory;

    private static KlatschPlugin chat;
    private static Javalin shop;

    @BeforeAll
    static void open() {
        chat = plugin(directory, "/chat");
        shop = shop(chat, config -> {}).start(0);
    }

    @AfterAll
    static void close() {
        shop.stop();
    }

    private static KlatschPlugin plugin(Path data, String path) {
        return new KlatschPlugin(chat -> chat.path(path)
                .dataDirectory(data)
                .drain(Duration.ZERO)
                // No ping cuts a client that does not read.
                .heartbeatSettings(new HeartbeatSettings(Duration.ofMinutes(1), Duration.ofMillis(200)))
                .users(request -> user(request.getSession(false)), "/login"));
    }

    private static Optional<HostUser> user(HttpSession session) {
        return Optional.ofNullable(session)
                .map(known -> (String) known.getAttribute("user"))
                .map(name -> new HostUser("id of " + name, name, name.toUpperCase(java.util.Locale.ROOT)));
    }

    private static Javalin shop(KlatschPlugin plugin, Consumer<JavalinConfig> more) {
        return Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.registerPlugin(plugin);
            config.routes.get("/", context -> context.result("the shop"));
            config.routes.post("/login", context -> context.sessionAttribute("user", context.formParam("user")));
            config.routes.post("/logout", context -> context.req().getSession().invalidate());
            config.routes.get("/boom", context -> {
                throw new IllegalArgumentException("boom");
            });
            config.routes.exception(
                    IllegalArgumentException.class,
                    (failure, context) -> context.status(418).result("the shop's own"));
            config.routes.error(404, context -> context.result("the shop has no such page"));
            config.routes.ws("/echo", socket -> socket.onMessage(context -> context.send(context.message())));
            more.accept(config);
        });
    }

    private static ChatClient browser(Javalin app, String base) {
        return new ChatClient("http://127.0.0.1:" + app.port() + base, "somebody");
    }

    private static ChatClient signedIn(String user) {
        ChatClient browser = browser(shop, "/");
        assertThat(browser.postStatus("login", Map.of("user", user))).isEqualTo(200);
        return browser;
    }

    @Test
    void the_shops_user_downloads_their_data_and_their_room() {
        ChatClient nora = signedIn("nora");
        assertThat(nora.page("chat/settings").select("form[action=/chat/settings/export]"))
                .hasSize(1);
        HttpResponse<String> data = nora.post("chat/settings/export", Map.of());
        assertThat(data.statusCode()).isEqualTo(200);
        assertThat(data.body()).startsWith("PK").contains("account.json", "messages.json");
        String room = nora.post("chat/rooms", Map.of("name", "Noras", "kind", "closed"))
                .headers()
                .firstValue("Location")
                .orElseThrow()
                .substring(1);
        nora.post(room + "/messages", Map.of("body", "hello", "key", "k"));
        assertThat(nora.page(room + "/about").select("form[action$=/export] button"))
                .hasSize(2);
        assertThat(nora.post(room + "/export", Map.of("format", "text")).body()).contains("    hello\n");
    }

    @Test
    void the_shops_user_is_in_the_chat_with_the_shops_session_alone() {
        ChatClient anna = signedIn("anna");
        HttpResponse<String> page = anna.get("chat/rooms/lobby");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("ANNA", "@anna", "/chat/static/");
        assertThat(page.headers().firstValue(POLICY)).isPresent();
        assertThat(page.headers().firstValue("Set-Cookie")).isEmpty();
        assertThat(anna.get("chat").headers().firstValue("Location")).contains("/chat/");
        assertThat(anna.get("chat/").headers().firstValue("Location")).contains("/chat/rooms/lobby");
    }

    @Test
    void whoever_is_not_signed_in_to_the_shop_is_led_there() {
        ChatClient nobody = browser(shop, "/");
        assertThat(nobody.get("chat/rooms/lobby").headers().firstValue("Location"))
                .contains("/login");
        assertThat(nobody.connects("chat/rooms/lobby/live")).isEqualTo(401);
        assertThat(nobody.getStatus("chat/signup")).isEqualTo(404);
        assertThat(nobody.getStatus("chat/login")).isEqualTo(404);
    }

    @Test
    void messages_are_live() {
        ChatClient anna = signedIn("anna").connect("chat/rooms/lobby/live");
        ChatClient ben = signedIn("ben");
        assertThat(ben.postStatus("chat/rooms/lobby/messages", Map.of("body", "Hello", "key", "k1")))
                .isEqualTo(303);
        anna.sees("Hello");
        String long_ = "word ".repeat(399);
        anna.sends("{\"body\":\"" + long_ + "\",\"key\":\"k2\"}");
        anna.sees(long_.strip());
        chat.messages().post(RoomId.LOBBY, Author.person("id of ben"), "from Java");
        anna.sees("from Java");
    }

    @Test
    void nothing_else_in_the_shop_changes() {
        ChatClient anna = signedIn("anna");
        HttpResponse<String> home = anna.get("");
        assertThat(home.body()).isEqualTo("the shop");
        assertThat(home.headers().firstValue(POLICY)).isEmpty();
        assertThat(home.headers().firstValue("X-Content-Type-Options")).isEmpty();
        assertThat(anna.get("boom").statusCode()).isEqualTo(418);
        assertThat(anna.get("boom").body()).isEqualTo("the shop's own");
        assertThat(anna.get("nothing").body()).isEqualTo("the shop has no such page");
        assertThat(anna.get("chatter").body()).isEqualTo("the shop has no such page");
        assertThat(anna.get("x?" + "y".repeat(5_000)).body()).isEqualTo("the shop has no such page");
        assertThat(anna.postStatus("login", Map.of("user", "anna"), "Sec-Fetch-Site", "cross-site"))
                .isEqualTo(200);
        assertThat(anna.postStatus("login", Map.of("user", "anna", "more", "x".repeat(300_000))))
                .isEqualTo(200);
    }

    @Test
    void the_shops_sockets_keep_their_compression_and_their_own_limits() {
        assertThat(handshake("/echo")).contains("101 ", "permessage-deflate");
        String session = signedIn("anna").cookie("JSESSIONID").orElseThrow();
        assertThat(handshake("/chat/rooms/lobby/live", "Cookie: JSESSIONID=" + session))
                .contains("101 ")
                .doesNotContain("permessage-deflate");

        CompletableFuture<String> echo = new CompletableFuture<>();
        WebSocket many = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(URI.create("ws://127.0.0.1:" + shop.port() + "/echo"), new WebSocket.Listener() {
                    @Override
                    public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
                        echo.complete(text.toString());
                        return null;
                    }
                })
                .join();
        for (int ping = 0; ping < 300; ping++) {
            many.sendPing(ByteBuffer.allocate(1)).join();
        }
        many.sendText("still there", true).join();
        assertThat(echo.orTimeout(5, TimeUnit.SECONDS).join()).isEqualTo("still there");
        many.abort();
    }

    private static String handshake(String path, String... headers) {
        String[] lines = Stream.concat(
                        Stream.of("GET " + path + " HTTP/1.1", "Sec-WebSocket-Extensions: permessage-deflate"),
                        Stream.of(headers))
                .toArray(String[]::new);
        return RawHttp.upgrade(shop.port(), lines).text();
    }

    @Test
    void errors_and_limits_below_the_path_are_the_chats() {
        ChatClient anna = signedIn("anna");
        for (String path : new String[] {"chat/nothing", "chat/rooms/nowhere"}) {
            assertThat(anna.get(path).statusCode()).isEqualTo(404);
            assertThat(anna.get(path).body()).doesNotContain("shop").contains("Back to chat");
        }
        assertThat(anna.postStatus("chat/rooms/lobby/messages", Map.of("body", "x"), "Sec-Fetch-Site", "cross-site"))
                .isEqualTo(403);
        HttpResponse<String> tooLarge =
                anna.post("chat/rooms/lobby/messages", Map.of("body", "x".repeat(1_200_000), "key", "k"));
        assertThat(tooLarge.statusCode()).isEqualTo(413);
        assertThat(tooLarge.headers().firstValue(POLICY)).isPresent();
        RawHttp.Answer ambiguous = RawHttp.request(shop.port(), "GET /chat/../chat/rooms HTTP/1.1");
        assertThat(ambiguous.status()).isEqualTo(400);
        assertThat(ambiguous.header(POLICY)).isPresent();
        assertThat(RawHttp.request(shop.port(), "GET /x/../boom HTTP/1.1").body())
                .isEqualTo("the shop has no such page");
    }

    @Test
    void head_is_answered_like_get() {
        ChatClient anna = signedIn("anna");
        HttpResponse<String> head = anna.send(
                "chat/rooms/lobby",
                new String[0],
                request -> request.method("HEAD", java.net.http.HttpRequest.BodyPublishers.noBody()));
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.headers().firstValue(POLICY)).isPresent();
        assertThat(head.body()).isEmpty();
        assertThat(anna.send(
                                "chat/rooms/nowhere",
                                new String[0],
                                request -> request.method("HEAD", java.net.http.HttpRequest.BodyPublishers.noBody()))
                        .statusCode())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"ch%61t/rooms/lobby", "chat%2Frooms%2Flobby", "x/..%2fchat/rooms/lobby", "chat;a/rooms/lobby"})
    void an_address_that_is_written_otherwise_shows_nothing_unprotected(String path) {
        HttpResponse<String> answer = signedIn("anna").get(path);
        assertThat(answer.statusCode()).isIn(400, 404, 200);
        assertThat(answer.statusCode() == 200)
                .isEqualTo(answer.headers().firstValue(POLICY).isPresent()
                        && answer.body().contains("@anna"));
    }

    @Test
    void signing_out_of_the_shop_ends_the_socket() {
        ChatClient anna = signedIn("anna");
        anna.connect("chat/rooms/lobby/live");
        await().until(() -> anna.online() > 0);
        anna.post("logout", Map.of());
        assertThat(anna.closeCode()).isEqualTo(1008);
        assertThat(anna.get("chat/rooms/lobby").statusCode()).isEqualTo(303);

        ChatClient ben = signedIn("ben");
        ben.connect("chat/rooms/lobby/live");
        await().until(() -> ben.online() > 0);
        chat.people().signOut("id of ben");
        await().atMost(Duration.ofSeconds(1)).until(() -> ben.closeCode() == 1008);
    }

    @Test
    void the_chat_follows_the_context_path_and_leaves_first(@TempDir Path data) {
        long threads = threads();
        KlatschPlugin plugin = plugin(data, "/team/chat");
        Javalin app = shop(plugin, config -> config.router.contextPath = "/app");
        app.start(0);
        try {
            ChatClient anna = browser(app, "/app/");
            anna.post("login", Map.of("user", "anna"));
            assertThat(anna.get("team/chat/rooms/lobby").body()).contains("/app/team/chat/static/", "@anna");
            assertThat(anna.get("boom").statusCode()).isEqualTo(418);
            anna.connect("team/chat/rooms/lobby/live");
            await().until(() -> anna.online() > 0);
            app.stop();
            assertThat(anna.closeCode()).isEqualTo(1012);
        } finally {
            app.stop();
        }
        await().until(() -> threads() <= threads);
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("klatsch"))
                // Threads that wait for work come and go.
                .filter(thread -> !thread.getName().matches("klatsch-\\d+"))
                .count();
    }

    @Test
    void a_client_that_does_not_read_is_disconnected_and_delays_nobody() {
        ChatClient ben = signedIn("ben").connect("chat/rooms/lobby/live");
        String session = signedIn("stalled").cookie("JSESSIONID").orElseThrow();
        WebSocket stalled = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .header("Cookie", "JSESSIONID=" + session)
                .buildAsync(
                        URI.create("ws://127.0.0.1:" + shop.port() + "/chat/rooms/lobby/live"),
                        new WebSocket.Listener() {
                            @Override
                            public void onOpen(WebSocket socket) {
                                // Asks for no message.
                            }
                        })
                .join();
        await().until(() -> hasMember(ben, "stalled"));
        for (int round = 0; round < 20 && hasMember(ben, "stalled"); round++) {
            String text = "x".repeat(1_900) + round + ".";
            IntStream.range(0, 100)
                    .parallel()
                    .forEach(message -> chat.messages().post(RoomId.LOBBY, Author.person("id of ben"), text + message));
            String last = "x" + round + ".99";
            await().until(() -> ben.frames().stream().anyMatch(frame -> frame.contains(last)));
        }
        await().until(() -> !hasMember(ben, "stalled"));
        assertThat(ben.isConnected()).isTrue();
        stalled.abort();
        ben.close();
    }

    private static boolean hasMember(ChatClient client, String username) {
        return client.frames().stream()
                .filter(frame -> frame.contains("id=\"members\""))
                .reduce((earlier, later) -> later)
                .filter(frame -> frame.contains("data-author=\"" + username + "\""))
                .isPresent();
    }

    @Test
    void the_chat_runs_in_javalins_test_tools(@TempDir Path data) {
        RouteTest.run(shop(plugin(data, "/chat"), config -> {}), client -> {
            assertThat(client.get("/chat/readyz").code()).isEqualTo(200);
            assertThat(client.get("/").body().string()).isEqualTo("the shop");
        });
    }

    @Test
    void mounting_needs_users_a_path_and_no_route_there(@TempDir Path data) {
        assertThatThrownBy(() -> shop(new KlatschPlugin(chat -> chat.path("/chat")), config -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("chat.users");
        assertThatThrownBy(() -> shop(new KlatschPlugin(chat -> chat.users("/login")), config -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("chat.path");
        for (String route : new String[] {"/chat", "/chat/history", "/chat/{id}"}) {
            Javalin clash = shop(plugin(data, "/chat"), config -> config.routes.get(route, context -> {}));
            assertThatThrownBy(() -> clash.start(0)).hasMessageContaining(route);
        }
        Javalin second = shop(plugin(directory, "/chat"), config -> {});
        assertThatThrownBy(() -> second.start(0)).hasMessageContaining("in use by another chat");
    }

    @Test
    void a_port_that_is_taken_leaves_nothing_open(@TempDir Path data) {
        Javalin late = shop(plugin(data, "/chat"), config -> {});
        assertThatThrownBy(() -> late.start(shop.port())).hasMessageContaining("Port already in use");
        Javalin again = shop(plugin(data, "/chat"), config -> {}).start(0);
        again.stop();
    }
}
