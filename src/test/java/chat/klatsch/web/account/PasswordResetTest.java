package chat.klatsch.web.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.klatsch.ChatServer;
import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.Mailbox;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The links in letters: confirming an address, and choosing a new password. */
class PasswordResetTest {
    private static final String CONFIRM = "confirm";
    private static final String RESET = "new password";

    private static Mailbox mailbox;
    private static ChatServer chat;

    @BeforeAll
    static void start(@TempDir Path directory) {
        mailbox = new Mailbox();
        chat = ChatServer.start(config -> config.port(0)
                .dataDirectory(directory)
                .basePath("/team")
                .publicUrl(URI.create("http://chat.example.org"))
                .smtpUrl(mailbox.url()));
    }

    @AfterAll
    static void stop() {
        chat.close();
        mailbox.close();
    }

    @Test
    void an_address_is_confirmed_by_the_button_behind_the_link_and_once() {
        ChatClient alice = person("alice");
        assertThat(status(alice)).contains("alice@example.org is not verified yet");
        assertThat(mailbox.link("alice@example.org", CONFIRM, 1))
                .isEqualTo("http://chat.example.org/team/email/verify");
        String token = mailbox.token("alice@example.org", CONFIRM, 1);

        ChatClient stranger = stranger();
        for (int i = 0; i < 2; i++) {
            Document page = stranger.page("email/verify?token=" + token);
            assertThat(page.select("main").text())
                    .contains("Is alice@example.org the email address of your account @alice?");
            assertThat(page.select("form[method=post] [name=token]").val()).isEqualTo(token);
        }
        assertThat(status(alice)).contains("not verified yet");

        HttpResponse<String> response = stranger.post("email/verify", Map.of("token", token));
        assertThat(response.statusCode()).isEqualTo(303);
        assertThat(response.headers().firstValue("Location")).contains("/team/login?done=verified");
        assertThat(stranger.page("login?done=verified").select(".success").text())
                .contains("verified");
        assertThat(status(alice)).contains("alice@example.org is verified");

        isDead(stranger.get("email/verify?token=" + token));
        isDead(stranger.post("email/verify", Map.of("token", token)));
        // There is nothing to confirm any more, and the page says the same.
        assertThat(alice.post("settings/email/verify", Map.of()).statusCode()).isEqualTo(303);
        assertThat(mailbox.emails("alice@example.org", CONFIRM)).hasSize(1);
    }

    @Test
    void the_link_is_sent_again_a_few_times() {
        ChatClient bob = person("bob");
        for (int i = 2; i <= 5; i++) {
            HttpResponse<String> response = bob.post("settings/email/verify", Map.of());
            assertThat(response.statusCode()).isEqualTo(303);
            assertThat(response.headers().firstValue("Location")).contains("/team/settings/account?done=sent");
        }
        HttpResponse<String> refused = bob.post("settings/email/verify", Map.of());
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        assertThat(Jsoup.parse(refused.body()).select(".refusal").text()).contains("Too many emails");
        assertThat(mailbox.token("bob@example.org", CONFIRM, 5))
                .isNotEqualTo(mailbox.token("bob@example.org", CONFIRM, 1));
        // Nor does anybody else fill this mailbox.
        assertThat(forgot(" BOB@example.org").statusCode()).isEqualTo(429);
        assertThat(bob.post("settings/email/verify", Map.of(), "Accept", "application/json")
                        .statusCode())
                .isEqualTo(429);
        assertThat(stranger().post("settings/email/verify", Map.of()).statusCode())
                .isEqualTo(401);
    }

    @Test
    void who_forgot_their_password_chooses_another_and_is_signed_out_everywhere() {
        ChatClient carol = person("carol").connect();
        HttpResponse<String> asked = forgot("CAROL@example.org");
        assertThat(asked.statusCode()).isEqualTo(303);
        assertThat(asked.headers().firstValue("Location")).contains("/team/password/forgot?done=forgot");
        String token = mailbox.token("carol@example.org", RESET, 1);
        assertThat(mailbox.link("carol@example.org", RESET, 1))
                .isEqualTo("http://chat.example.org/team/password/reset");

        assertThat(stranger()
                        .page("password/reset?token=" + token)
                        .select("main")
                        .text())
                .contains("carol");
        assertThat(carol.isConnected()).isTrue();
        HttpResponse<String> tooShort = reset(token, "short12");
        assertThat(tooShort.statusCode()).isEqualTo(422);
        assertThat(Jsoup.parse(tooShort.body()).select("[name=token]").val()).isEqualTo(token);
        assertThat(tooShort.body()).doesNotContain("short12");

        HttpResponse<String> response = reset(token, "another password");
        assertThat(response.statusCode()).isEqualTo(303);
        assertThat(response.headers().firstValue("Location")).contains("/team/login?done=reset");
        await().atMost(Duration.ofSeconds(1)).until(() -> !carol.isConnected());
        assertThat(carol.closeCode()).isEqualTo(1008);
        assertThat(carol.get("rooms/lobby").statusCode()).isEqualTo(303);
        assertThat(signIn("carol", ChatClient.PASSWORD)).isEqualTo(401);
        assertThat(signIn("carol", "another password")).isEqualTo(303);

        isDead(stranger().get("password/reset?token=" + token));
        isDead(reset(token, "another password"));
        isDead(reset(token, "short12"));
    }

    @Test
    void whether_somebody_has_an_address_is_not_told() {
        person("dora");
        HttpResponse<String> known = forgot("dora@example.org");
        HttpResponse<String> unknown = forgot("nobody@example.org");
        assertThat(unknown.statusCode()).isEqualTo(known.statusCode()).isEqualTo(303);
        assertThat(unknown.headers().firstValue("Location"))
                .isEqualTo(known.headers().firstValue("Location"));
        assertThat(unknown.body()).isEqualTo(known.body());
        assertThat(stranger()
                        .page("password/forgot?done=forgot")
                        .select(".success")
                        .text())
                .startsWith("If an account has this address");

        mailbox.token("dora@example.org", RESET, 1);
        for (int i = 2; i <= 5; i++) {
            assertThat(forgot("nobody@example.org").statusCode()).isEqualTo(303);
        }
        HttpResponse<String> refused = forgot("nobody@example.org");
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(Jsoup.parse(refused.body()).select("[name=email]").val()).isEqualTo("nobody@example.org");
        assertThat(mailbox.emails("nobody@example.org", "")).isEmpty();
    }

    @Test
    void a_link_is_good_for_one_thing() {
        person("emil");
        String confirm = mailbox.token("emil@example.org", CONFIRM, 1);
        assertThat(forgot("emil@example.org").statusCode()).isEqualTo(303);
        String reset = mailbox.token("emil@example.org", RESET, 1);

        isDead(reset(confirm, "another password"));
        isDead(stranger().post("email/verify", Map.of("token", reset)));
        assertThat(stranger().get("email/verify?token=" + confirm).statusCode()).isEqualTo(200);
        assertThat(stranger().get("password/reset?token=" + reset).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "%00", "nonsense", "%F0%9F%8D%BA", "..%2f", "%22%3E%3Cscript%3E", "x&token=y"})
    void an_unknown_link_is_dead_whatever_it_looks_like(String token) {
        isDead(stranger().get("email/verify?token=" + token));
        isDead(stranger().get("password/reset?token=" + token));
        isDead(stranger().get("email/verify"));
        isDead(stranger().post("password/reset", Map.of()));
        isDead(reset("x".repeat(5_000), "another password"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''",
                "nonsense",
                "a@b@c",
                "'a@example.org\r\nBcc: b@example.org'",
                "'a@example.org\nX: y'",
                "\"><b>@x"
            })
    void what_is_no_address_is_refused_and_comes_back_as_it_was_typed(String address) {
        HttpResponse<String> response = forgot(address);
        assertThat(response.statusCode()).isEqualTo(422);
        Document page = Jsoup.parse(response.body());
        assertThat(page.select("[name=email]").val()).isEqualTo(address);
        assertThat(page.select(".refusal").text()).isNotBlank();
        assertThat(forgot(address + "x".repeat(300)).statusCode()).isEqualTo(422);
    }

    private static ChatClient person(String username) {
        ChatClient person = new ChatClient(chat.url(), username);
        Map<String, String> form =
                Map.of("username", username, "password", ChatClient.PASSWORD, "email", username + "@example.org");
        assertThat(person.post("signup", form).statusCode()).isEqualTo(303);
        return person;
    }

    private static ChatClient stranger() {
        return new ChatClient(chat.url(), "stranger");
    }

    private static String status(ChatClient person) {
        return person.page("settings/account").select("section").first().text();
    }

    private static int signIn(String login, String password) {
        return stranger()
                .post("login", Map.of("login", login, "password", password))
                .statusCode();
    }

    private static HttpResponse<String> forgot(String address) {
        return stranger().post("password/forgot", Map.of("email", address));
    }

    private static HttpResponse<String> reset(String token, String password) {
        return stranger().post("password/reset", Map.of("token", token, "password", password));
    }

    private static void isDead(HttpResponse<String> response) {
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(Jsoup.parse(response.body()).select("h1").text()).isEqualTo("This link no longer works");
    }
}
