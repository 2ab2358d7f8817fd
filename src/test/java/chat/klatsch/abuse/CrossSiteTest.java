package chat.klatsch.abuse;

import static org.assertj.core.api.Assertions.assertThat;

import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.ChatExtension;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Abuse by links and forms of other sites. */
class CrossSiteTest {
    @RegisterExtension
    static final ChatExtension chat = ChatExtension.with(config -> config.passwordMemory(1));

    private final ChatClient alice = chat.user("alice");

    @Test
    void a27_a_post_of_another_site_is_answered_403_and_json_as_text_415() {
        for (String path : List.of("rooms/lobby/messages", "logout", "rooms", "settings/password", "login", "signup")) {
            for (String[] foreign : List.of(
                    new String[] {"Origin", "https://evil.example"},
                    new String[] {"Origin", "null"},
                    new String[] {"Sec-Fetch-Site", "cross-site"},
                    new String[] {"Sec-Fetch-Site", "same-site"})) {
                assertThat(alice.postStatus(path, Map.of("body", "forged", "name", "forged"), foreign))
                        .isEqualTo(403);
            }
            for (String type : List.of("text/plain", "application/json", "multipart/form-data; boundary=x")) {
                assertThat(alice.send(
                                        path,
                                        new String[] {"Content-Type", type},
                                        request -> request.POST(BodyPublishers.ofString("{\"body\":\"forged\"}")))
                                .statusCode())
                        .isEqualTo(415);
            }
        }
        assertThat(alice.get("rooms/lobby").body()).doesNotContain("forged");
    }

    @Test
    void a27_no_get_changes_anything() {
        ChatClient room = alice.makes("Kept", "open");
        long seq = room.posts("kept");
        for (String door : List.of(
                "messages/" + seq + "/delete",
                "messages/" + seq + "/edit?body=altered",
                "messages/" + seq + "/reactions?emoji=like",
                "messages?body=altered",
                "leave",
                "delete",
                "members?username=bob",
                "about?name=altered")) {
            assertThat(alice.getStatus(room.at(door))).as(door).isIn(200, 400, 404, 405);
        }
        for (String path : List.of("logout", "settings/delete", "settings?name=altered", "rooms?name=altered")) {
            assertThat(alice.getStatus(path)).as(path).isIn(200, 404, 405);
        }
        assertThat(alice.page("rooms/" + room.room()).select(".body").eachText())
                .containsExactly("kept");
        assertThat(alice.get("rooms").body()).contains("Kept").doesNotContain("altered");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//evil.example",
                "///evil.example",
                "/\\evil.example",
                "\\\\evil.example",
                "https:evil.example",
                "https:/evil.example",
                "https://evil.example",
                "HTTPS://evil.example",
                "\t//evil.example",
                "/\t/evil.example",
                "/\n/evil.example",
                " //evil.example",
                "%09//evil.example",
                "/%09/evil.example",
                "/%2f/evil.example",
                "/%5cevil.example",
                "javascript:alert(1)",
                "java\nscript:alert(1)",
                "data:text/html,x",
                "/.//evil.example",
                "/..//evil.example",
                "@evil.example",
                "\u2215/evil.example",
                "/\u3000/evil.example"
            })
    void a28_going_on_leads_to_an_own_path_only(String next) {
        for (String path : List.of("login", "signup")) {
            HttpResponse<String> response = chat.visitor("alice")
                    .post(path, Map.of("login", "alice", "password", ChatClient.PASSWORD, "next", next));
            if (path.equals("login")) {
                String location = response.headers().firstValue("Location").orElseThrow();
                assertThat(location).startsWith("/").doesNotContain("\\").doesNotContainPattern("^//|\\s");
                assertThat(URI.create(chat.url()).resolve(location).getPort()).isEqualTo(chat.port());
            } else {
                assertThat(response.statusCode()).isEqualTo(422);
            }
        }
    }
}
