package chat.klatsch.web.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.ChatExtension;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccountsTest {
    @RegisterExtension
    static final ChatExtension chat = ChatExtension.withDefaults();

    @BeforeAll
    static void start() {
        chat.user("alice", "alice@example.org");
    }

    @ParameterizedTest
    @ValueSource(strings = {"alice", "ALICE", " Alice ", "alice@example.org", "Alice@Example.ORG"})
    void users_sign_in_by_username_or_email_in_any_case(String login) {
        ChatClient alice = chat.visitor();
        assertThat(signIn(alice, login, ChatClient.PASSWORD).statusCode()).isEqualTo(303);
        assertThat(alice.page("rooms/lobby").select(".user-menu span").first().text())
                .isEqualTo("@alice");
    }

    @Test
    void signing_out_ends_only_this_session_and_its_socket() {
        ChatClient here = chat.visitor("alice").signIn().connect();
        ChatClient there = chat.visitor("alice").signIn().connect();

        HttpResponse<String> response = here.post("logout", Map.of());

        assertThat(response.statusCode()).isEqualTo(303);
        assertThat(response.headers().firstValue("Location")).contains("/login");
        assertThat(here.closeCode()).isEqualTo(1008);
        assertThat(here.get("rooms/lobby").headers().firstValue("Location")).contains("/login?next=%2Frooms%2Flobby");
        assertThat(there.getStatus("rooms/lobby")).isEqualTo(200);
        assertThat(there.isConnected()).isTrue();
        there.close();
    }

    @Test
    void signing_out_everywhere_ends_all_sessions_and_sockets_of_this_user_only() {
        ChatClient here = chat.user("carol");
        ChatClient there = chat.visitor("carol").signIn().connect();
        ChatClient silent = chat.visitor("carol").signIn().connect("rooms/lobby/live?resume");
        ChatClient alice = chat.visitor("alice").signIn().connect();

        assertThat(here.postStatus("logout", Map.of("everywhere", "yes"))).isEqualTo(303);

        await().atMost(Duration.ofSeconds(1)).until(() -> !there.isConnected() && !silent.isConnected());
        assertThat(List.of(there.closeCode(), silent.closeCode())).containsOnly(1008);
        assertThat(there.getStatus("rooms/lobby")).isEqualTo(303);
        assertThat(there.connects("rooms/lobby/live")).isEqualTo(401);
        assertThat(alice.isConnected()).isTrue();
        alice.close();
    }

    @Test
    void usernames_are_unique_in_any_case() {
        assertThat(signUp("ALICE", ChatClient.PASSWORD, "").statusCode()).isEqualTo(409);
    }

    @Test
    void one_of_two_concurrent_sign_ups_with_the_same_name_succeeds() {
        List<CompletableFuture<Integer>> both = Stream.of("Twin", "twin")
                .map(name -> CompletableFuture.supplyAsync(
                        () -> signUp(name, ChatClient.PASSWORD, "").statusCode()))
                .toList();
        assertThat(both.stream().map(CompletableFuture::join)).containsExactlyInAnyOrder(303, 409);
    }

    @Test
    void an_address_that_is_too_long_in_lower_case_is_refused() {
        assertThat(signUp("good", ChatClient.PASSWORD, "İ".repeat(64) + "@" + "İ".repeat(189))
                        .statusCode())
                .isEqualTo(422);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a | long enough | x@example.org",
                "way.too.long.for.a.username.at.33 | long enough | x@example.org",
                "<b>bold</b> | long enough | x@example.org",
                "ünïcode | long enough | x@example.org",
                "... | long enough | x@example.org",
                "good | short12 | x@example.org",
                "good | long enough | \"><script>",
                "good | long enough | a@b@c",
            })
    void a_refused_form_keeps_everything_but_the_password(String name, String password, String email) {
        HttpResponse<String> response = signUp(name, password, email);
        assertThat(response.statusCode()).isEqualTo(422);
        var page = org.jsoup.Jsoup.parse(response.body());
        assertThat(page.select("[name=username]").val()).isEqualTo(name);
        assertThat(page.select("[name=email]").val()).isEqualTo(email);
        assertThat(page.select(".refusal").text()).isNotBlank();
        assertThat(response.body()).doesNotContain("value=\"" + password).doesNotContain("<script>", "<b>bold");
    }

    @Test
    void a_password_has_8_to_200_characters() {
        assertThat(signUp("shorty", "1234567", "").statusCode()).isEqualTo(422);
        String longest = "seven zebras quilt a moon" + "x".repeat(175);
        assertThat(signUp("wordy", longest + "x", "").statusCode()).isEqualTo(422);
        assertThat(signUp("wordy", longest, "").statusCode()).isEqualTo(303);
        assertThat(signIn(chat.visitor(), "wordy", "x".repeat(10_000)).statusCode())
                .isEqualTo(422);
    }

    private static HttpResponse<String> signIn(ChatClient client, String login, String password) {
        return client.post("login", Map.of("login", login, "password", password));
    }

    private static HttpResponse<String> signUp(String username, String password, String email) {
        return chat.visitor().post("signup", Map.of("username", username, "password", password, "email", email));
    }
}
