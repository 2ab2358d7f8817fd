package chat.klatsch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import chat.klatsch.Messages.Author;
import chat.klatsch.core.ChatException;
import chat.klatsch.core.RoomId;
import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.ChatExtension;
import chat.klatsch.fixture.Images;
import chat.klatsch.fixture.Log;
import chat.klatsch.web.socket.HeartbeatSettings;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A chat whose users are those of an application, which recognises them by a header that stands for its session. */
class HostUsersTest {
    private static final String SESSION = "X-Host-Session";

    private static final List<String> OFF = List.of(
            "signup",
            "login",
            "login/text",
            "logout",
            "welcome",
            "settings/account",
            "settings/sessions",
            "settings/email",
            "settings/email/verify",
            "settings/password",
            "settings/delete",
            "email/verify",
            "password/forgot",
            "password/reset",
            "admin/users/appoint",
            "admin/users/dismiss",
            "admin/users/reset");

    private final Map<String, HostUser> sessions = new ConcurrentHashMap<>();
    private final AtomicReference<HostUsers> host = new AtomicReference<>(this::session);

    @RegisterExtension
    final ChatExtension chat =
            ChatExtension.with(config -> config.users(request -> host.get().of(request), "/login?back={next}")
                    .heartbeatSettings(new HeartbeatSettings(Duration.ofSeconds(3), Duration.ofMillis(200))));

    private Optional<HostUser> session(HttpServletRequest request) {
        return Optional.ofNullable(request.getHeader(SESSION)).map(sessions::get);
    }

    @AfterEach
    void clear() {
        sessions.clear();
    }

    @Test
    void people_appear_at_first_sight_without_a_cookie() {
        sessions.put("s1", new HostUser("17", "anna", "Anna Müller"));
        HttpResponse<String> page = get("s1", "rooms/lobby");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("Anna Müller", "@anna");
        assertThat(page.headers().firstValue("Set-Cookie")).isEmpty();
        assertThat(post("s1", "rooms/lobby/messages", Map.of("body", "Hello", "key", "k")))
                .isEqualTo(201);
        assertThat(get("s1", "rooms/lobby").body()).contains("Hello");
    }

    @Test
    void whoever_the_host_does_not_name_is_led_to_its_page_to_sign_in() {
        HttpResponse<String> page = get("nobody", "rooms/lobby?at=3");
        assertThat(page.statusCode()).isEqualTo(303);
        assertThat(page.headers().firstValue("Location")).contains("/login?back=%2Frooms%2Flobby%3Fat%3D3");
        assertThat(get("nobody", "").headers().firstValue("Location")).contains("/signin");
        assertThat(get("nobody", "signin").headers().firstValue("Location")).contains("/login?back=%2F");
        assertThat(post("nobody", "rooms/lobby/messages", Map.of("body", "Hello", "key", "k")))
                .isEqualTo(401);
        assertThat(client().connects("rooms/lobby/live", SESSION, "nobody")).isEqualTo(401);
    }

    @Test
    void a_host_may_ask_for_a_session_that_there_is_not() {
        sessions.put("s1", new HostUser("17", "anna", "Anna"));
        host.set(request -> {
            assertThat(request.getSession(false)).isNull();
            assertThat(request.getSession(true).isNew()).isTrue();
            Object user = request.getSession().getAttribute("user");
            return user == null ? session(request) : Optional.empty();
        });
        assertThat(get("nobody", "rooms/lobby").headers().firstValue("Location"))
                .hasValueSatisfying(address -> assertThat(address).contains("/login?back="));
        assertThat(get("s1", "rooms/lobby").statusCode()).isEqualTo(200);
    }

    @Test
    void a_text_is_kept_until_its_author_is_signed_in_again() {
        Map<String, String> typed = Map.of("body", "long thought", "key", "k", "viewer", "anna");
        HttpResponse<String> signedOut = client().post("signin?next=/rooms/lobby", typed, SESSION, "s1");
        assertThat(signedOut.statusCode()).isEqualTo(401);
        assertThat(signedOut.body()).contains("long thought", "/login?back=%2Frooms%2Flobby", "Continue");

        sessions.put("s1", new HostUser("17", "anna", "Anna"));
        Map<String, String> fields = new HashMap<>();
        org.jsoup.Jsoup.parse(signedOut.body())
                .select("form [name]")
                .forEach(field -> fields.put(
                        field.attr("name"),
                        field.normalName().equals("textarea") ? field.text() : field.attr("value")));
        HttpResponse<String> back = client().post("signin?next=/rooms/lobby", fields, SESSION, "s1");
        assertThat(back.statusCode()).isEqualTo(303);
        assertThat(get("s1", "rooms/lobby").body()).contains("long thought");
    }

    @Test
    void names_roles_and_times_follow_the_host() {
        HostUser anna = new HostUser("17", "anna", "Anna")
                .in(ZoneId.of("Europe/Berlin"))
                .in(Locale.US);
        sessions.put("s1", anna);
        assertThat(get("s1", "admin").statusCode()).isEqualTo(404);
        assertThat(get("s1", "settings").body()).contains("value=\"Europe/Berlin\" selected");

        sessions.put("s1", new HostUser("17", "anna.k", "Anna K.").with(HostUser.Role.OPERATOR));
        assertThat(get("s1", "rooms/lobby").body()).contains("Anna K.", "@anna.k");
        assertThat(get("s1", "admin/users").statusCode()).isEqualTo(200);
        assertThat(get("s1", "admin/audit").body()).contains("The application");
        sessions.put(
                "s1",
                new HostUser("17", "anna.k", "Anna K.")
                        .with(HostUser.Role.OPERATOR)
                        .in(Locale.GERMANY));
        assertThat(get("s1", "admin/audit").body()).contains("Die Anwendung");

        sessions.put("s1", new HostUser("17", "anna.k", "Anna K."));
        assertThat(get("s1", "admin").statusCode()).isEqualTo(404);

        sessions.put("s2", new HostUser("18", "root", "Root").with(HostUser.Role.OPERATOR));
        String log = org.jsoup.Jsoup.parse(get("s2", "admin/audit").body())
                .select("main")
                .text();
        assertThat(log)
                .contains(
                        "The application gave the operator role to @anna.k",
                        "The application took the operator role from @anna.k",
                        "The application gave the operator role to @root")
                .doesNotContain("@anna.k gave");
    }

    @Test
    void open_pages_show_a_new_name() {
        sessions.put("s1", new HostUser("17", "anna", "Anna"));
        sessions.put("s2", new HostUser("18", "ben", "Ben"));
        ChatClient ben = live("s2");
        post("s1", "rooms/lobby/messages", Map.of("body", "Hello", "key", "k"));
        ben.sees("Hello");
        sessions.put("s1", new HostUser("17", "anna", "Anna Karenina"));
        get("s1", "rooms/lobby");
        await().until(() -> ben.frames().stream().anyMatch(frame -> frame.contains("Anna Karenina")));
    }

    @Test
    void pages_that_were_opened_before_a_change_of_the_username_go_on() {
        sessions.put("s1", new HostUser("17", "anna", "Anna"));
        get("s1", "rooms/lobby");
        sessions.put("s1", new HostUser("17", "anne", "Anna"));
        assertThat(post("s1", "rooms/lobby/messages", Map.of("body", "Hello", "key", "k", "viewer", "anna")))
                .isEqualTo(201);
        assertThat(client().connects("rooms/lobby/live?viewer=anna", SESSION, "s1"))
                .isEqualTo(101);
        assertThat(post("s1", "rooms/lobby/messages", Map.of("body", "Hi", "key", "j", "viewer", "Anna")))
                .isEqualTo(409);
        sessions.put("s2", new HostUser("18", "anna", "Other Anna"));
        get("s2", "rooms/lobby");
        assertThat(post("s1", "rooms/lobby/messages", Map.of("body", "Hi", "key", "j", "viewer", "anna")))
                .isEqualTo(409);
    }

    @Test
    void two_ids_with_one_name_and_a_changed_id_are_different_people() {
        sessions.put("s1", new HostUser("17", "anna", "Anna"));
        sessions.put("s2", new HostUser("18", "anna", "Anna"));
        post("s1", "rooms/lobby/messages", Map.of("body", "Hello", "key", "k"));
        assertThat(get("s2", "rooms/lobby").body()).contains("@anna-2");
        sessions.put("s1", new HostUser("19", "anna", "Anna"));
        assertThat(get("s1", "rooms/lobby").body()).contains("data-author=\"anna\"", "@anna-3");
        assertThat(post("s1", "rooms/lobby/messages/1/delete", Map.of())).isNotEqualTo(303);
    }

    @Test
    void a_name_that_the_chat_would_refuse_stays_as_the_display_name() {
        sessions.put("s1", new HostUser("17", "Анна Каренина", "Анна Каренина"));
        assertThat(get("s1", "rooms/lobby").body()).contains("Анна Каренина", "@user");
        assertThat(chat.server().people().provision(new HostUser("20", "x@example.org", "")))
                .isEqualTo("user-x");
        assertThat(get("s1", "@user-x").statusCode()).isEqualTo(200);
    }

    @Test
    void users_choose_no_name_where_the_host_names_them() {
        sessions.put("s1", new HostUser("17", "anna", "Anna"));
        sessions.put("s2", new HostUser("18", "ben", "anna"));
        assertThat(get("s1", "settings").body()).doesNotContain("name=\"name\"");
        assertThat(post("s1", "settings", Map.of("name", "Root", "about", "I am", "zone", "UTC")))
                .isEqualTo(303);
        assertThat(get("s1", "@anna").body()).contains("I am").doesNotContain("Root");
        // A name of the host's that equals another user's username is no reason to refuse the rest.
        assertThat(post("s2", "settings", Map.of("about", "Me, too", "zone", "UTC")))
                .isEqualTo(303);
    }

    @Test
    void accounts_of_the_chats_own_have_no_routes() {
        sessions.put("s1", new HostUser("17", "anna", "Anna").with(HostUser.Role.OPERATOR));
        for (String path : OFF) {
            for (String session : List.of("s1", "nobody")) {
                assertThat(get(session, path).statusCode()).as(path).isEqualTo(404);
                assertThat(post(session, path, Map.of("username", "anna")))
                        .as(path)
                        .isEqualTo(404);
            }
        }
    }

    @Test
    void no_page_leads_to_what_is_off() {
        sessions.put("s1", new HostUser("17", "anna", "Anna").with(HostUser.Role.OPERATOR));
        sessions.put("s2", new HostUser("18", "ben", "Ben"));
        get("s2", "");
        for (String path : List.of("rooms/lobby", "settings", "@anna", "admin/users", "rooms", "nothing", "signin")) {
            for (String session : List.of("s1", "nobody")) {
                for (Element element : org.jsoup.Jsoup.parse(get(session, path).body())
                        .select("[href], [action], [hx-get], [hx-post], [formaction]")) {
                    assertThat(element.attributes().toString())
                            .as(path)
                            .doesNotContainPattern(
                                    "=\"/(signup|login/|logout|welcome|password|email|settings/(account|email|sessions|password|delete))"
                                            + "|/admin/users/(appoint|dismiss|reset)");
                }
            }
        }
    }

    @Test
    void a_host_that_fails_lets_nobody_in_and_recovers() {
        sessions.put("s1", new HostUser("17", "anna", "Anna"));
        host.set(request -> {
            throw new IOException("no database");
        });
        HttpResponse<String> refusal = get("s1", "rooms/lobby");
        assertThat(refusal.statusCode()).isEqualTo(503);
        assertThat(refusal.body()).contains("cannot find out who you are").doesNotContain("no database");
        assertThat(refusal.headers().firstValue("Retry-After")).isPresent();
        assertThat(client().connects("rooms/lobby/live", SESSION, "s1")).isEqualTo(503);
        assertThat(post("s1", "rooms/lobby/messages", Map.of("body", "Hello", "key", "k")))
                .isEqualTo(503);
        for (HostUsers broken : List.<HostUsers>of(
                request -> null, request -> Optional.of(new HostUser(" ", "anna", "Anna")), request -> {
                    throw new StackOverflowError();
                })) {
            host.set(broken);
            assertThat(get("s1", "rooms/lobby").statusCode()).isEqualTo(503);
        }
        assertThat(get("s1", "healthz").statusCode()).isEqualTo(200);

        host.set(this::session);
        assertThat(get("s1", "rooms/lobby").statusCode()).isEqualTo(200);
    }

    @Test
    void visitors_cannot_fill_the_log_by_requests_at_which_the_host_fails() {
        sessions.put("s1", new HostUser("17", "anna", "Anna"));
        host.set(request -> {
            if ("malformed".equals(request.getHeader(SESSION))) {
                throw new IllegalArgumentException("a malformed cookie");
            }
            return session(request);
        });
        try (Log log = new Log()) {
            for (int time = 0; time < 5; time++) {
                assertThat(get("malformed", "rooms/lobby").statusCode()).isEqualTo(503);
                assertThat(get("s1", "rooms/lobby").statusCode()).isEqualTo(200);
            }
            assertThat(log.text()).containsOnlyOnce("The host ").containsOnlyOnce("a malformed cookie");
        }
    }

    @Test
    void a_host_that_is_slow_is_not_waited_for_and_delays_nobody_else() throws InterruptedException {
        sessions.put("s1", new HostUser("17", "anna", "Anna"));
        CountDownLatch answers = new CountDownLatch(1);
        host.set(request -> {
            if ("slow".equals(request.getHeader(SESSION))) {
                answers.await();
            }
            return session(request);
        });
        chat.server();
        long start = System.nanoTime();
        Thread slow = new Thread(
                () -> assertThat(get("slow", "rooms/lobby").statusCode()).isEqualTo(503));
        slow.start();
        assertThat(get("s1", "rooms/lobby").statusCode()).isEqualTo(200);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
        slow.join();
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isBetween(Duration.ofMillis(1_900), Duration.ofSeconds(4));
        answers.countDown();
    }

    @Test
    void signing_out_ends_the_sockets_within_a_second() {
        sessions.put("s1", new HostUser("17", "anna", "Anna"));
        sessions.put("s2", new HostUser("18", "ben", "Ben"));
        ChatClient anna = live("s1");
        ChatClient ben = live("s2");
        sessions.remove("s1");
        chat.server().people().signOut("17");
        await().atMost(Duration.ofSeconds(1)).until(() -> anna.closeCode() == 1008);
        assertThat(anna.frames()).anyMatch(frame -> frame.contains("/login?back=%2Frooms%2Flobby"));
        assertThat(ben.isConnected()).isTrue();
        chat.server().people().signOut("unknown");
    }

    @Test
    void a_session_that_ends_at_the_host_ends_the_sockets_by_and_by() {
        sessions.put("s1", new HostUser("17", "anna", "Anna"));
        sessions.put("s2", new HostUser("18", "ben", "Ben"));
        ChatClient anna = live("s1");
        ChatClient ben = live("s2");
        sessions.remove("s1");
        assertThat(anna.closeCode()).isEqualTo(1008);

        // Somebody else has signed in with the same session.
        assertThat(ben.isConnected()).isTrue();
        sessions.put("s2", new HostUser("19", "carol", "Carol"));
        assertThat(ben.closeCode()).isEqualTo(1008);
    }

    @Test
    void a_socket_stays_open_while_the_host_cannot_answer() {
        sessions.put("s1", new HostUser("17", "anna", "Anna"));
        ChatClient anna = live("s1");
        CountDownLatch asked = new CountDownLatch(5);
        host.set(request -> {
            asked.countDown();
            throw new IllegalStateException("away");
        });
        await().until(() -> asked.getCount() == 0);
        assertThat(anna.isConnected()).isTrue();
    }

    @Test
    void a_banned_user_stays_out_whatever_the_host_says() {
        sessions.put("s1", new HostUser("17", "anna", "Anna").with(HostUser.Role.OPERATOR));
        sessions.put("s2", new HostUser("18", "ben", "Ben"));
        ChatClient ben = live("s2");
        assertThat(post("s1", "admin/users/ban", Map.of("username", "ben", "note", "spam")))
                .isEqualTo(303);
        assertThat(ben.closeCode()).isEqualTo(1008);
        assertThat(get("s2", "rooms/lobby").statusCode()).isEqualTo(403);
        assertThat(client().connects("rooms/lobby/live", SESSION, "s2")).isEqualTo(403);
    }

    @Test
    void java_code_provisions_users_before_their_first_visit() {
        assertThat(chat.server().people().provision(new HostUser("17", "anna", "Anna")))
                .isEqualTo("anna");
        chat.server().messages().post(RoomId.LOBBY, Author.person("17"), "from Java");
        sessions.put("s1", new HostUser("17", "anna", "Anna"));
        assertThat(get("s1", "rooms/lobby").body()).contains("from Java");
        assertThatThrownBy(() -> chat.server().people().signInUrl(new HostUser("17", "anna", "Anna")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("users(loginUrl)");
    }

    @Test
    void java_code_names_people_by_the_ids_of_the_host() {
        List<ChatEvent> heard = new CopyOnWriteArrayList<>();
        chat.server().events().listen(heard::add);
        People people = chat.server().people();
        people.provision(new HostUser("17", "anna", "Anna"));
        people.provision(new HostUser("18", "anna", "Another Anna"));
        Person anna = new Person("17", "anna", "Anna", false);
        Person other = new Person("18", "anna-2", "Another Anna", false);
        assertThat(people.find("17")).contains(anna);
        assertThat(people.find("anna")).isEmpty();
        ChatRoom room = chat.server().rooms().create(ChatRoom.Kind.CLOSED, "Support", "support-17");
        chat.server().rooms().add(room.id(), "17");
        chat.server().rooms().add(room.id(), "18");
        assertThat(chat.server().rooms().members(room.id(), "", 10)).containsExactly(anna, other);
        chat.server().rooms().remove(room.id(), "18");
        ChatMessage posted = chat.server().messages().post(room.id(), Author.person("17"), "Help!");
        assertThat(posted.author()).isEqualTo(anna);
        await().until(() -> heard.contains(new ChatEvent.Posted(posted)));
        await().until(() -> heard.stream()
                .anyMatch(event -> event instanceof ChatEvent.Left left
                        && left.person().equals(other)
                        && left.room().equals(room.id())));

        sessions.put("s2", new HostUser("18", "anna", "Another Anna"));
        people.ban("18", "");
        assertThat(get("s2", "rooms/lobby").statusCode()).isEqualTo(403);
        people.unban("18");
        assertThat(get("s2", "rooms/lobby").statusCode()).isEqualTo(200);
        people.delete("18");
        assertThat(people.find("18")).isEmpty();
        assertThat(get("s2", "rooms/lobby").statusCode()).isEqualTo(200);
        assertThat(people.find("18")).contains(other);
    }

    @Test
    void java_code_sets_avatars() throws IOException {
        chat.server().people().provision(new HostUser("17", "anna", "Anna"));
        chat.server().people().avatar("17", Images.file("still.png"));
        sessions.put("s1", new HostUser("17", "anna", "Anna"));
        assertThat(get("s1", "users/anna/avatar").headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("image/jpeg"));
        assertThatThrownBy(() -> chat.server().people().avatar("17", new byte[10]))
                .isInstanceOf(ChatException.class);
        assertThatThrownBy(() -> chat.server().people().avatar("18", Images.file("still.png")))
                .isInstanceOf(ChatException.class);
    }

    @Test
    void an_avatar_follows_the_host_which_is_asked_once_for_each_version() throws Exception {
        byte[] png = Images.file("still.png");
        byte[] jpeg = Images.file("turned3.jpg");
        AtomicInteger asked = new AtomicInteger();
        HostUser anna = new HostUser("17", "anna", "Anna");
        sessions.put("s1", anna.withAvatar("v1", () -> {
            asked.incrementAndGet();
            return png;
        }));
        chat.server().people().provision(sessions.get("s1"));
        String first = get("s1", "users/anna/avatar").body();
        get("s1", "rooms/lobby");
        chat.server().people().provision(sessions.get("s1"));
        assertThat(asked).hasValue(1);
        sessions.put("s2", new HostUser("18", "ben", "Ben").withAvatar("v1", () -> png));
        get("s2", "rooms/lobby");
        await().until(() -> get("s1", "users/ben/avatar").body().equals(first));

        // The user's own choice lasts until the host has another.
        chat.server().people().avatar("17", jpeg);
        chat.server().people().provision(sessions.get("s1"));
        assertThat(get("s1", "users/anna/avatar").body()).isNotEqualTo(first);
        sessions.put("s1", anna.withAvatar("v2", () -> png));
        chat.server().people().provision(sessions.get("s1"));
        assertThat(get("s1", "users/anna/avatar").body()).isEqualTo(first);
        sessions.put("s1", anna.withAvatar("v3", () -> null));
        chat.server().people().provision(sessions.get("s1"));
        assertThat(get("s1", "users/anna/avatar").body()).isNotEqualTo(first);
    }

    @Test
    void an_avatar_that_cannot_be_used_keeps_nobody_out() {
        AtomicInteger refused = new AtomicInteger();
        AtomicInteger failed = new AtomicInteger();
        sessions.put("s1", new HostUser("17", "anna", "Anna").withAvatar("v1", () -> {
                    refused.incrementAndGet();
                    return "no image".getBytes(java.nio.charset.StandardCharsets.UTF_8);
                }));
        sessions.put("s2", new HostUser("18", "ben", "Ben").withAvatar("v1", () -> {
                    failed.incrementAndGet();
                    throw new IOException("no storage");
                }));
        for (int visit = 0; visit < 3; visit++) {
            assertThat(get("s1", "rooms/lobby").statusCode()).isEqualTo(200);
            assertThat(get("s2", "rooms/lobby").statusCode()).isEqualTo(200);
            await().until(() -> refused.get() == 1 && failed.get() == 1);
        }
        // Java code waits, and asks again for what has failed, but not for what was refused.
        sessions.values().forEach(chat.server().people()::provision);
        assertThat(refused).hasValue(1);
        assertThat(failed).hasValue(2);
    }

    @ParameterizedTest
    @CsvSource({"''", "login", "//evil.example", "javascript:alert(1)", "'/a b'"})
    void a_page_to_sign_in_is_a_url_or_a_path(String url) {
        assertThatThrownBy(() -> ChatServer.start(config -> config.users(url)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("looks like /login");
    }

    private ChatClient client() {
        return new ChatClient(chat.server().url(), "somebody");
    }

    private ChatClient live(String session) {
        ChatClient live = client().connect("rooms/lobby/live", SESSION, session);
        await().until(() -> live.online() > 0);
        return live;
    }

    private HttpResponse<String> get(String session, String path) {
        return client().get(path, SESSION, session);
    }

    private int post(String session, String path, Map<String, String> form) {
        String[] headers = path.endsWith("messages")
                ? new String[] {SESSION, session, "Accept", "application/json"}
                : new String[] {SESSION, session};
        return client().postStatus(path, form, headers);
    }
}
