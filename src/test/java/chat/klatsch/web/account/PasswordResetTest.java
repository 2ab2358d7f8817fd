package chat.klatsch.web.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.ChatExtension;
import chat.klatsch.fixture.Mailbox;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the links in emails: confirming an address and resetting a password. */
class PasswordResetTest {
    private static final String CONFIRM = "confirm";
    private static final String RESET = "new password";

    @RegisterExtension
    static final Mailbox mailbox = new Mailbox();

    @RegisterExtension
    static final ChatExtension chat = ChatExtension.with(config -> config.basePath("/team")
            .publicUrl(URI.create("http://chat.example.org"))
            .smtpUrl(mailbox.url()));

    @Test
    void the_button_behind_the_link_confirms_an_address_once() {
        ChatClient alice = chat.user("alice", "alice@example.org");
        assertThat(status(alice)).contains("alice@example.org is not verified yet");
        assertThat(mailbox.link("alice@example.org", CONFIRM, 1))
                .isEqualTo("http://chat.example.org/team/email/verify");
        String token = mailbox.token("alice@example.org", CONFIRM, 1);

        ChatClient stranger = chat.visitor();
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
        // A confirmed address gets no further email, and the page does not reveal that.
        assertThat(alice.postStatus("settings/email/verify", Map.of())).isEqualTo(303);
        assertThat(mailbox.emails("alice@example.org", CONFIRM)).hasSize(1);
    }

    @Test
    void the_link_is_sent_again_a_limited_number_of_times() {
        ChatClient bob = chat.user("bob", "bob@example.org");
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
        // Requests by others count against the same limit.
        assertThat(forgot(" BOB@example.org").statusCode()).isEqualTo(429);
        assertThat(bob.postStatus("settings/email/verify", Map.of(), "Accept", "application/json"))
                .isEqualTo(429);
        assertThat(chat.visitor().postStatus("settings/email/verify", Map.of())).isEqualTo(401);
    }

    @Test
    void a_password_reset_signs_the_user_out_everywhere() {
        ChatClient carol = chat.user("carol", "carol@example.org").connect();
        HttpResponse<String> asked = forgot("CAROL@example.org");
        assertThat(asked.statusCode()).isEqualTo(303);
        assertThat(asked.headers().firstValue("Location")).contains("/team/password/forgot?done=forgot");
        String token = mailbox.token("carol@example.org", RESET, 1);
        assertThat(mailbox.link("carol@example.org", RESET, 1))
                .isEqualTo("http://chat.example.org/team/password/reset");

        assertThat(chat.visitor()
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
        assertThat(carol.getStatus("rooms/lobby")).isEqualTo(303);
        assertThat(signIn("carol", ChatClient.PASSWORD)).isEqualTo(401);
        assertThat(signIn("carol", "another password")).isEqualTo(303);

        isDead(chat.visitor().get("password/reset?token=" + token));
        isDead(reset(token, "another password"));
        isDead(reset(token, "short12"));
    }

    @Test
    void the_form_does_not_reveal_whether_an_address_is_known() {
        chat.user("dora", "dora@example.org");
        HttpResponse<String> known = forgot("dora@example.org");
        HttpResponse<String> unknown = forgot("nobody@example.org");
        assertThat(unknown.statusCode()).isEqualTo(known.statusCode()).isEqualTo(303);
        assertThat(unknown.headers().firstValue("Location"))
                .isEqualTo(known.headers().firstValue("Location"));
        assertThat(unknown.body()).isEqualTo(known.body());
        assertThat(chat.visitor()
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
    void a_link_works_for_one_purpose_only() {
        chat.user("emil", "emil@example.org");
        String confirm = mailbox.token("emil@example.org", CONFIRM, 1);
        assertThat(forgot("emil@example.org").statusCode()).isEqualTo(303);
        String reset = mailbox.token("emil@example.org", RESET, 1);

        isDead(reset(confirm, "another password"));
        isDead(chat.visitor().post("email/verify", Map.of("token", reset)));
        assertThat(chat.visitor().getStatus("email/verify?token=" + confirm)).isEqualTo(200);
        assertThat(chat.visitor().getStatus("password/reset?token=" + reset)).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "%00", "nonsense", "%F0%9F%8D%BA", "..%2f", "%22%3E%3Cscript%3E", "x&token=y"})
    void an_unknown_token_is_refused_whatever_its_form(String token) {
        isDead(chat.visitor().get("email/verify?token=" + token));
        isDead(chat.visitor().get("password/reset?token=" + token));
        isDead(chat.visitor().get("email/verify"));
        isDead(chat.visitor().post("password/reset", Map.of()));
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
    void an_invalid_address_is_refused_and_kept_in_the_form(String address) {
        HttpResponse<String> response = forgot(address);
        assertThat(response.statusCode()).isEqualTo(422);
        Document page = Jsoup.parse(response.body());
        assertThat(page.select("[name=email]").val()).isEqualTo(address);
        assertThat(page.select(".refusal").text()).isNotBlank();
        assertThat(forgot(address + "x".repeat(300)).statusCode()).isEqualTo(422);
    }

    private static String status(ChatClient user) {
        return user.page("settings/account").select("section").first().text();
    }

    private static int signIn(String login, String password) {
        return chat.visitor().postStatus("login", Map.of("login", login, "password", password));
    }

    private static HttpResponse<String> forgot(String address) {
        return chat.visitor().post("password/forgot", Map.of("email", address));
    }

    private static HttpResponse<String> reset(String token, String password) {
        return chat.visitor().post("password/reset", Map.of("token", token, "password", password));
    }

    private static void isDead(HttpResponse<String> response) {
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(Jsoup.parse(response.body()).select("h1").text()).isEqualTo("This link no longer works");
    }
}
