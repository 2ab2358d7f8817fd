package chat.klatsch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.javalin.Javalin;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http2.client.HTTP2Client;
import org.eclipse.jetty.http2.client.transport.HttpClientTransportOverHTTP2;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.FrameHandler;
import org.eclipse.jetty.websocket.core.OpCode;
import org.eclipse.jetty.websocket.core.WebSocketComponents;
import org.eclipse.jetty.websocket.core.client.CoreClientUpgradeRequest;
import org.eclipse.jetty.websocket.core.client.WebSocketCoreClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A chat in an app that speaks HTTP/2. */
class KlatschPluginHttp2Test {
    @TempDir
    Path directory;

    private Javalin app;

    @BeforeEach
    void open() {
        KlatschPlugin chat = new KlatschPlugin(settings -> settings.path("/chat")
                .dataDirectory(directory.resolve("data"))
                .drain(Duration.ZERO)
                .users(
                        request -> Optional.ofNullable(request.getHeader("X-User"))
                                .map(name -> new HostUser(name, name, name)),
                        "/login"));
        app = Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.registerPlugin(chat);
            config.routes.get("/", context -> context.result(context.protocol()));
            config.jetty.addConnector((server, http) -> new ServerConnector(
                    server, new HttpConnectionFactory(http), new HTTP2CServerConnectionFactory(http)));
        });
        app.start();
    }

    @AfterEach
    void close() {
        app.stop();
    }

    private static final class Received implements FrameHandler {
        final List<String> texts = new CopyOnWriteArrayList<>();
        volatile int code;
        private CoreSession session;

        @Override
        public void onOpen(CoreSession opened, Callback callback) {
            session = opened;
            callback.succeeded();
            opened.demand();
        }

        @Override
        public void onFrame(Frame frame, Callback callback) {
            if (frame.getOpCode() == OpCode.TEXT) {
                texts.add(frame.getPayloadAsUTF8());
            }
            callback.succeeded();
            session.demand();
        }

        @Override
        public void onError(Throwable cause, Callback callback) {
            callback.succeeded();
        }

        @Override
        public void onClosed(CloseStatus status, Callback callback) {
            code = status.getCode();
            callback.succeeded();
        }
    }

    @Test
    void pages_and_sockets_work_over_http_2() throws Exception {
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
        assertThat(get(client, "/").body()).isEqualTo("HTTP/2.0");
        HttpResponse<String> page = get(client, "/chat/rooms/lobby");
        assertThat(page.version()).isEqualTo(HttpClient.Version.HTTP_2);
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("@anna");
        assertThat(page.headers().firstValue("Content-Security-Policy")).isPresent();

        WebSocketCoreClient sockets = new WebSocketCoreClient(
                new org.eclipse.jetty.client.HttpClient(
                        new HttpClientTransportOverHTTP2(new HTTP2Client(new ClientConnector()))),
                new WebSocketComponents());
        sockets.start();
        try {
            Received received = new Received();
            CoreClientUpgradeRequest upgrade = CoreClientUpgradeRequest.from(
                    sockets, URI.create("ws://127.0.0.1:" + app.port() + "/chat/rooms/lobby/live"), received);
            upgrade.headers(headers -> headers.put("X-User", "anna"));
            CoreSession session = sockets.connect(upgrade).get(5, TimeUnit.SECONDS);
            String post = "{\"body\":\"over one connection\",\"key\":\"k\"}";
            session.sendFrame(new Frame(OpCode.TEXT, post), Callback.NOOP, false);
            await().until(() -> received.texts.stream().anyMatch(text -> text.contains("over one connection")));
            app.stop();
            await().until(() -> received.code == 1012);
        } finally {
            sockets.stop();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "body=hello&key=k, application/x-www-form-urlencoded, 303",
        "body=hello&key=k, text/plain, 415",
        "X, application/x-www-form-urlencoded, 413"
    })
    void a_form_without_a_length_is_bounded_like_any_other(String body, String type, int status) throws Exception {
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
        get(client, "/chat/rooms/lobby");
        byte[] bytes = (body.equals("X") ? "body=" + "x".repeat(1_200_000) : body).getBytes(StandardCharsets.UTF_8);
        HttpRequest post = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + app.port() + "/chat/rooms/lobby/messages"))
                .header("X-User", "anna")
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes)))
                .build();
        HttpResponse<String> answer = client.send(post, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Security-Policy")).isPresent();
    }

    private HttpResponse<String> get(HttpClient client, String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + app.port() + path))
                .header("X-User", "anna")
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
