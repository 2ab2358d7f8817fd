package chat.klatsch.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.klatsch.ChatServer;
import chat.klatsch.core.Limit;
import chat.klatsch.core.Limits;
import chat.klatsch.fixture.ChatClient;
import chat.klatsch.web.http.Access;
import chat.klatsch.web.http.HealthChecks;
import chat.klatsch.web.http.MetricsPage;
import chat.klatsch.web.socket.ConnectionRegistry;
import chat.klatsch.web.view.Site;
import chat.klatsch.web.view.StaticAssets;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.router.InternalRouter;
import io.javalin.security.Roles;
import io.javalin.security.RouteRole;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Calls each registered route without a session, as a stranger to the room and as a plain member of it. */
class RouteAccessTest {
    private static ChatServer chat;
    private static ChatClient room;
    private static String invitation;

    /** A route with its only role, or null if it does not have exactly one. */
    private record Route(String method, String path, Access role) {
        HttpResponse<String> call(ChatClient client) {
            return call(client, method);
        }

        HttpResponse<String> call(ChatClient client, String method, String... viewer) {
            return call(
                    client,
                    method,
                    BodyPublishers.ofString(sendsFile(method) ? "--end--\r\n" : "body=Hello&key=k"),
                    viewer);
        }

        HttpResponse<String> call(ChatClient client, String method, BodyPublisher body, String... viewer) {
            String[] form = {"Content-Type", "application/x-www-form-urlencoded"};
            String[] upload = {"Content-Type", "multipart/form-data; boundary=end"};
            return client.send(
                    address(),
                    Stream.of(sendsFile(method) ? upload : form, viewer)
                            .flatMap(Stream::of)
                            .toArray(String[]::new),
                    request -> request.method(method, body));
        }

        private boolean sendsFile(String method) {
            return method.equals("POST")
                    && Set.of("/settings/avatar", "/settings/profile").contains(path);
        }

        private String address() {
            return path.substring(1)
                    .replace("{room}", room.room())
                    .replace("{seq}", "1")
                    .replace("{username}", "alice")
                    .replace("{key}", "AAAAAAAAAAAAAAAAAAAAAA.1")
                    .replaceAll("\\{\\w+}|\\*", "nothing");
        }
    }

    @BeforeAll
    static void start(@TempDir Path directory) {
        chat = ChatServer.start(config -> config.fromEnvironment()
                .port(0)
                .dataDirectory(directory)
                .limit(Limit.POSTS_PER_MINUTE, 0)
                .limit(Limit.ROOM_CHANGES_PER_MINUTE, 0)
                .limit(Limit.FAILED_SIGN_INS_PER_MINUTE, 0));
        ChatClient alice = new ChatClient(chat.url(), "alice").signUp();
        new ChatClient(chat.url(), "bob").signUp();
        new ChatClient(chat.url(), "carol").signUp();
        room = alice.makes("Cellar", "closed");
        room.posts("Nobody knows");
        alice.post(room.at("invitation"), Map.of());
        invitation =
                alice.page(room.at("about")).select("input.link").attr("value").replaceFirst(".*/", "");
    }

    @AfterAll
    static void stop() {
        chat.close();
    }

    static Stream<Route> routes() {
        return router(config -> {}).allHttpHandlers().stream()
                .map(handler -> handler.endpoint)
                .filter(endpoint -> endpoint.method.isHttpMethod())
                .map(endpoint -> new Route(
                        endpoint.method.name(),
                        endpoint.path,
                        role(Objects.requireNonNull(endpoint.metadata(Roles.class))
                                .getRoles())));
    }

    @ParameterizedTest
    @MethodSource("routes")
    void a_route_admits_exactly_the_callers_of_its_role(Route route) {
        assertThat(route.role()).as("exactly one role").isNotNull();
        ChatClient nobody = new ChatClient(chat.url(), "nobody");
        ChatClient stranger = new ChatClient(chat.url(), "carol").signIn();
        ChatClient member = new ChatClient(chat.url(), "bob").signIn();
        member.post(room.at("join"), Map.of("invitation", invitation));

        HttpResponse<String> toNobody = route.call(nobody);
        HttpResponse<String> toStranger = route.call(stranger);
        HttpResponse<String> toMember = route.call(member);

        assertThat(toNobody.body() + toStranger.body()).doesNotContain("Cellar", "Nobody knows");
        assertThat(asksToSignIn(toNobody))
                .isEqualTo(Set.of(Access.USER, Access.MEMBER, Access.WRITER).contains(route.role()));
        assertThat(asksToSignIn(toStranger)).isFalse();
        assertThat(asksToSignIn(toMember)).isFalse();
        if (route.role() == Access.MEMBER || route.role() == Access.WRITER) {
            assertThat(toStranger.statusCode()).isEqualTo(404);
            assertThat(toMember.statusCode()).isNotEqualTo(404);
        } else if (route.role() == Access.OPERATOR) {
            for (String method : new String[] {"GET", "POST", "DELETE"}) {
                assertIsHidden(route.call(nobody, method), nobody);
                assertIsHidden(route.call(member, method), member);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("routes")
    void head_is_answered_like_get_without_the_body(Route route) {
        for (ChatClient client : List.of(room, new ChatClient(chat.url(), "nobody"))) {
            HttpResponse<String> get = route.call(client, "GET", BodyPublishers.noBody());
            HttpResponse<String> head = route.call(client, "HEAD", BodyPublishers.noBody());
            assertThat(head.statusCode()).isEqualTo(get.statusCode());
            if (!route.toString().contains("/metrics")) { // which change from one request to the next
                assertThat(headers(head)).isEqualTo(headers(get));
            }
            assertThat(head.body()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("routes")
    void a_route_refuses_a_page_that_was_rendered_for_another_user(Route route) {
        ChatClient member = new ChatClient(chat.url(), "bob").signIn();
        member.post(room.at("join"), Map.of("invitation", invitation));

        HttpResponse<String> refusal = route.call(member, route.method(), "Klatsch-Viewer", "alice");

        if (route.role() != Access.ANYONE) {
            assertThat(refusal.statusCode()).isEqualTo(409);
            assertThat(refusal.body()).contains("signed in as @bob").doesNotContain("Cellar", "Nobody knows");
        }
    }

    @Test
    void a_socket_lets_in_members_of_its_room_and_the_one_of_the_list_every_user() {
        assertThat(router(config -> {}).allWsHandlers())
                .allSatisfy(socket -> assertThat(role(socket.getRoles()))
                        .isEqualTo(socket.getPath().contains("{room}") ? Access.MEMBER : Access.USER));
        assertThat(new ChatClient(chat.url(), "nobody").connects("inbox/live")).isEqualTo(401);
        ChatClient user = new ChatClient(chat.url(), "carol").signIn();
        assertThat(user.connects("inbox/live?viewer=alice")).isEqualTo(409);
        assertThat(user.connects("inbox/live")).isEqualTo(101);
        user.close();
        assertThat(new ChatClient(chat.url(), "nobody").connects(room.at("live")))
                .isEqualTo(401);
        assertThat(new ChatClient(chat.url(), "carol").signIn().connects(room.at("live")))
                .isEqualTo(404);
        ChatClient member = new ChatClient(chat.url(), "bob").signIn();
        member.post(room.at("join"), Map.of("invitation", invitation));
        assertThat(member.connects(room.at("live"))).isEqualTo(101);
        member.close();
    }

    @Test
    void the_server_does_not_start_with_a_route_that_has_no_role() {
        assertThatThrownBy(() -> router(config -> config.routes.get("/new", context -> {})))
                .hasMessageContaining("/new");
        assertThatThrownBy(() -> router(config -> config.routes.ws("/socket", socket -> {})))
                .hasMessageContaining("/socket");
    }

    private static void assertIsHidden(HttpResponse<String> response, ChatClient client) {
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body()).isEqualTo(client.get("nothing").body());
        assertThat(response.headers().firstValue("Allow")).isEmpty();
    }

    private static Map<String, List<String>> headers(HttpResponse<?> response) {
        Map<String, List<String>> headers = new TreeMap<>(response.headers().map());
        headers.remove("date");
        headers.computeIfPresent(
                "content-security-policy",
                (name, policy) -> List.of(policy.get(0).replaceFirst("'nonce-[^']+'", "")));
        return headers;
    }

    private static boolean asksToSignIn(HttpResponse<String> response) {
        String location = response.headers().firstValue("Location").orElse("");
        boolean refused = response.statusCode() == 401
                && response.body().matches("(?s).*(Please sign in first\\.|You are signed out\\.).*");
        return refused || location.contains("/login?next=");
    }

    private static Access role(Set<RouteRole> roles) {
        return roles.size() == 1 ? (Access) roles.iterator().next() : null;
    }

    /** The table of routes as the server registers it. No handler runs, so it needs no services. */
    private static InternalRouter router(Consumer<JavalinConfig> more) {
        Services none = new Services(
                null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
                null);
        return Javalin.create(config -> {
                    Site site = new Site("", Optional.empty(), new StaticAssets(), () -> "Klatsch");
                    ConnectionRegistry connections = null;
                    new Routes(config, site, Limits.defaults(), none)
                            .add(
                                    connections,
                                    new HealthChecks(() -> true),
                                    Optional.of(new MetricsPage(() -> "", false)));
                    more.accept(config);
                })
                .unsafe
                .internalRouter;
    }
}
