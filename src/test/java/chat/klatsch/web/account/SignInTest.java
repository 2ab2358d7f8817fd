package chat.klatsch.web.account;

import static org.assertj.core.api.Assertions.assertThat;

import chat.klatsch.core.Limit;
import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.ChatExtension;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignInTest {
    @RegisterExtension
    static final ChatExtension chat = ChatExtension.with(config -> config.limit(Limit.FAILED_SIGN_INS_PER_MINUTE, 4));

    @BeforeAll
    static void start() {
        List.of("alice", "bob", "carol").forEach(chat::user);
    }

    @Test
    void a_wrong_name_and_a_wrong_password_get_the_same_response() {
        HttpResponse<String> unknown = signIn("nobody", "wrong password", "");
        HttpResponse<String> wrong = signIn("alice", "wrong password", "");

        assertThat(unknown.statusCode()).isEqualTo(wrong.statusCode()).isEqualTo(401);
        assertThat(unknown.body().replace("nobody", "alice")).isEqualTo(wrong.body());
    }

    @ParameterizedTest
    @CsvSource({
        "/rooms/lobby, /rooms/lobby",
        "/rooms/lobby?x=1, /rooms/lobby?x=1",
        "//evil.example, /",
        "/\\evil.example, /",
        "\\\\evil.example, /",
        "https://evil.example, /",
        "javascript:alert(1), /",
        "/\t/evil.example, /",
        "'/x\r\nSet-Cookie: a=b', /",
        "/ünïcode, /",
        "'', /",
    })
    void next_redirects_to_paths_of_the_chat_only(String next, String expected) {
        HttpResponse<String> response = signIn("bob", ChatClient.PASSWORD, next);
        assertThat(response.statusCode()).isEqualTo(303);
        assertThat(response.headers().firstValue("Location")).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rooms/lobby", "rooms/lobby/messages?before=9"})
    void signing_in_leads_back_to_the_wanted_page(String wanted) {
        ChatClient bob = chat.visitor("bob");
        String login = bob.get(wanted).headers().firstValue("Location").orElseThrow();
        assertThat(login).startsWith("/login?next=");

        String next = bob.page(login.substring(1)).select("[name=next]").val();
        HttpResponse<String> response =
                bob.post("login", Map.of("login", "bob", "password", ChatClient.PASSWORD, "next", next));

        assertThat(response.headers().firstValue("Location")).contains("/" + wanted);
        assertThat(bob.get("login?next=/rooms/lobby").headers().firstValue("Location"))
                .contains("/rooms/lobby");
    }

    @Test
    void concurrent_password_guesses_are_limited_without_blocking_others() {
        List<CompletableFuture<HttpResponse<String>>> signInThrottle = IntStream.range(0, 25)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> signIn("carol", "guess number " + i, "")))
                .toList();
        List<HttpResponse<String>> answers =
                signInThrottle.stream().map(CompletableFuture::join).toList();

        assertThat(answers.stream().filter(answer -> answer.statusCode() == 401))
                .hasSize(4);
        HttpResponse<String> refused = signIn("carol", ChatClient.PASSWORD, "");
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(Integer.parseInt(refused.headers().firstValue("Retry-After").orElseThrow()))
                .isBetween(1, 60);
        assertThat(Jsoup.parse(refused.body()).select(".refusal").text()).contains("wait");
        assertThat(Jsoup.parse(refused.body()).select("[name=login]").val()).isEqualTo("carol");
        assertThat(signIn("bob", ChatClient.PASSWORD, "").statusCode()).isEqualTo(303);
    }

    private static HttpResponse<String> signIn(String login, String password, String next) {
        return chat.visitor(login).post("login", Map.of("login", login, "password", password, "next", next));
    }
}
