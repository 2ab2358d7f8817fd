package chat.klatsch.abuse;

import static org.assertj.core.api.Assertions.assertThat;

import chat.klatsch.core.Limit;
import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.ChatExtension;
import chat.klatsch.fixture.Images;
import chat.klatsch.fixture.Log;
import chat.klatsch.fixture.QuietLog;
import chat.klatsch.fixture.RawHttp;
import chat.klatsch.fixture.Upload;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Abuse of forms: names that mislead, and text for headers, the log and SQL. */
@ExtendWith(QuietLog.class)
class InputTest {
    @RegisterExtension
    static final ChatExtension chat = ChatExtension.with(config ->
            config.passwordMemory(1).limit(Limit.POSTS_PER_MINUTE, 0).limit(Limit.FAILED_SIGN_INS_PER_MINUTE, 0));

    private final ChatClient alice = chat.user("alice");

    @AfterEach
    void the_session_is_still_valid() {
        assertThat(alice.getStatus("rooms/lobby")).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  ",
                "\u200b",
                "\u0000\u0007",
                "a\u202eb",
                "\u2066a",
                "a\u200fb",
                "a\u200bb",
                "\ue000",
                "\u3164"
            })
    void a22_an_empty_long_or_misleading_room_name_is_answered_422(String name) {
        assertThat(alice.postStatus("rooms", Map.of("name", name, "kind", "open")))
                .isEqualTo(422);
        assertThat(alice.postStatus("rooms", Map.of("name", "x".repeat(10_000), "kind", "open")))
                .isEqualTo(422);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"../", "*", "<b>x</b>", "lobby", "?", "[a-z]", "klatsch:all", "a\u0007\u001bb", "%00", "NULL"})
    void a22_any_other_room_name_is_text_and_never_an_address(String name) {
        ChatClient room = alice.makes(name, "closed");
        assertThat(room.room()).matches("[A-Za-z0-9_-]{22}");
        assertThat(alice.page("rooms/" + room.room()).select("h1, #room-list a").eachText())
                .anyMatch(text -> text.contains(name.replaceAll("\\p{Cntrl}", "")));
        room.post(room.at("delete"), Map.of("name", name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\r\nInjected: yes",
                "\nInjected: yes",
                "%0d%0aInjected:%20yes",
                "\u560d\u560aInjected: yes",
                "\u2028Injected: yes"
            })
    void a29_a_line_break_reaches_no_header(String text) throws IOException {
        String encoded = java.net.URLEncoder.encode(text, java.nio.charset.StandardCharsets.UTF_8);
        for (String path : List.of(
                "rooms/x",
                "login?next=/x",
                "rooms/lobby?at=",
                "search?q=",
                "users/alice/avatar?viewer=",
                "house/",
                "@alice")) {
            RawHttp.Answer answer =
                    RawHttp.request(chat.port(), "GET /" + path + encoded + " HTTP/1.1", alice.cookieLine());
            assertThat(answer.header("Injected")).as(path).isEmpty();
            assertThat(answer.status()).as(path).isLessThan(500);
        }
        Map<String, String> form = Map.of("login", "alice", "password", ChatClient.PASSWORD, "next", "/x" + text);
        assertThat(chat.visitor().post("login", form).headers().firstValue("Injected"))
                .isEmpty();
        for (String name : List.of("me" + text + ".png", "\"; filename=\"x.html", "../../me.png", "x".repeat(5_000))) {
            HttpResponse<String> response =
                    Upload.avatar(chat.user("uploader" + text.hashCode() % 1000), name, Images.file("still.png"));
            assertThat(response.statusCode()).isIn(303, 400, 422);
            assertThat(response.headers().firstValue("Injected")).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r", "\u0085", "\u2028", "\u001b[2J", "\u202e", "\0"})
    void a30_no_text_forges_a_line_of_the_log(String separator) {
        String forged = "x" + separator + "[main] WARN forged";
        try (Log log = new Log()) {
            chat.visitor().post("login", Map.of("login", forged, "password", forged));
            chat.visitor().post("password/forgot", Map.of("email", forged + "@example.org"));
            chat.visitor().post("signup", Map.of("username", forged, "password", ChatClient.PASSWORD, "email", forged));
            chat.visitor()
                    .post(
                            "signup",
                            Map.of(
                                    "username",
                                    "mail" + (int) separator.charAt(0),
                                    "password",
                                    ChatClient.PASSWORD,
                                    "email",
                                    forged.replace(" ", "") + "@example.org"));
            alice.posts(forged);
            alice.post("settings", Map.of("name", forged, "about", forged, "zone", forged));
            RawHttp.request(
                    chat.port(),
                    "GET /login HTTP/1.1",
                    "User-Agent: [main] WARN forged",
                    "Referer: http://x/[main] WARN forged");
            RawHttp.send(chat.port(), "GET /[main]%0aWARN%20forged HTTP/1.1\r\nHost: [main] WARN forged\r\n\r\n");
            assertThat(log.text()).doesNotContain("forged");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "' or '1'='1",
                "'; drop table messages; --",
                "\" or \"\"=\"",
                "1) union select password_hash from users --",
                "\\'; select pg_sleep(9); --",
                "${jndi:ldap://x}",
                "{ts '2000-01-01'}",
                "?1 :name $1",
                "%",
                "_",
                "%%' escape '%"
            })
    void a31_sql_is_text(String probe) {
        String before = "probe" + Math.abs(probe.hashCode()) + " " + probe;
        alice.posts(before);
        assertThat(alice.page("rooms/lobby").select(".body").eachText()).contains(before);
        assertThat(chat.visitor().postStatus("login", Map.of("login", probe, "password", probe)))
                .isEqualTo(401);
        assertThat(chat.visitor()
                        .postStatus("login", Map.of("login", "alice" + probe, "password", ChatClient.PASSWORD)))
                .isEqualTo(401);
        String encoded = java.net.URLEncoder.encode(probe, java.nio.charset.StandardCharsets.UTF_8);
        assertThat(alice.getStatus("search?q=" + encoded)).isEqualTo(200);
        assertThat(alice.getStatus("search?q=a&room=" + encoded)).isBetween(200, 404);
        assertThat(alice.getStatus("rooms/lobby/messages?before=" + encoded)).isEqualTo(400);
        assertThat(alice.getStatus("@" + encoded.replace("+", "%20"))).isIn(400, 404);
        assertThat(alice.getStatus(
                        "search?q=" + java.net.URLEncoder.encode("pr_be%", java.nio.charset.StandardCharsets.UTF_8)))
                .isEqualTo(200);
        assertThat(alice.page("search?q=pr_be").select(".result")).isEmpty();
        assertThat(alice.page("search?q=%25").select(".result")).isEmpty();
    }
}
