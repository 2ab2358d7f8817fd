package chat.klatsch.web.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.klatsch.account.SignUpMode;
import chat.klatsch.core.Limit;
import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.ChatExtension;
import chat.klatsch.fixture.Mailbox;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may create an account, how often, and with which name, address and password. */
class SignUpTest {
    @RegisterExtension
    static final Mailbox mailbox = new Mailbox();

    @RegisterExtension
    final ChatExtension chat = ChatExtension.with(config -> config.passwordMemory(1));

    @ParameterizedTest
    @CsvSource({
        "password, alice, '', 422",
        "12345678, alice, '', 422",
        "alice-in-wonderland, alice-in-wonderland, '', 422",
        "Alice-In-Wonderland, alice-in-wonderland, '', 422",
        "wonderland@example.org, alice, wonderland@example.org, 422",
        "correct horse battery, alice, '', 303",
    })
    void the_most_used_passwords_and_ones_own_name_are_refused(
            String password, String username, String email, int status) {
        HttpResponse<String> response = signUp(Map.of("username", username, "password", password, "email", email));
        assertThat(response.statusCode()).isEqualTo(status);
        if (status == 422) {
            Document page = Jsoup.parse(response.body());
            assertThat(page.select(".refusal").text()).containsIgnoringCase("password");
            assertThat(page.select("[name=username]").val()).isEqualTo(username);
        }
    }

    @Test
    void a_weak_new_password_is_refused_in_the_settings_as_well() {
        ChatClient alice = chat.user("alice");
        for (String weak : new String[] {"password1", "alice123"}) {
            assertThat(alice.postStatus("settings/password", Map.of("password", ChatClient.PASSWORD, "new", weak)))
                    .isEqualTo(422);
        }
    }

    @Test
    void attempts_are_limited_by_network_and_in_all() {
        chat.configure(config -> config.trustedProxies("127.0.0.1")
                .limit(Limit.SIGN_UPS_PER_ADDRESS, 3)
                .limit(Limit.SIGN_UPS_PER_HOUR, 8));
        assertThat(IntStream.range(0, 5).map(person -> from("2001:db8::" + person, "a" + person)))
                .containsExactly(303, 303, 303, 429, 429);
        assertThat(IntStream.range(0, 3).map(person -> from("192.0.2.1", "b0")))
                .as("also with a name that is taken")
                .containsExactly(303, 409, 409);
        assertThat(from("192.0.2.1", "b2")).isEqualTo(429);
        assertThat(from("192.0.2.2", "c1")).isEqualTo(303);
        assertThat(from("192.0.2.3", "d1")).as("in all, with the operator").isEqualTo(429);
    }

    @Test
    void names_that_are_taken_are_found_for_a_while_only() {
        assertThat(from("127.0.0.1", "someone")).isEqualTo(303);
        assertThat(IntStream.range(0, 62).map(attempt -> from("127.0.0.1", "someone")))
                .startsWith(409, 409, 409)
                .endsWith(429);
    }

    @Test
    void nobody_learns_that_an_address_is_known_but_its_owner_learns_of_the_attempt() {
        chat.configure(config -> config.smtpUrl(mailbox.url()));
        chat.user("operator");
        ChatClient owner = chat.user("owner", "Owner@example.org");
        mailbox.token("Owner@example.org", "confirm", 1);
        ChatClient known = chat.user("mallory", "owner@EXAMPLE.org");
        ChatClient unknown = chat.user("trudy", "nobody@example.org");
        mailbox.token("nobody@example.org", "confirm", 1);

        await().until(() ->
                mailbox.emails("Owner@example.org", "another account").size() == 1);
        assertThat(mailbox.emails("Owner@example.org", "another account").get(0))
                .contains("Hello owner", "mallory", "password/forgot")
                .doesNotContain("token");
        for (ChatClient user : new ChatClient[] {known, unknown}) {
            assertThat(user.page("settings/account").text()).contains("is not verified yet");
            assertThat(user.postStatus("settings/email/verify", Map.of())).isEqualTo(303);
        }
        assertThat(signIn("owner@example.org")).isEqualTo(303);

        // Once the address is free, it is the newcomer's.
        assertThat(owner.postStatus("settings/delete", Map.of("password", ChatClient.PASSWORD)))
                .isEqualTo(303);
        known.post("settings/email/verify", Map.of());
        String token = mailbox.token("owner@EXAMPLE.org", "confirm", 1);
        assertThat(known.postStatus("email/verify", Map.of("token", token))).isEqualTo(303);
        assertThat(known.page("settings/account").text()).contains("owner@EXAMPLE.org is verified");
    }

    @ParameterizedTest
    @EnumSource
    void the_mode_decides_who_may_sign_up(SignUpMode mode) {
        chat.configure(config -> config.signup(mode));
        ChatClient owner = chat.user("owner");
        ChatClient room = owner.makes("Cellar", "closed");
        room.post(room.at("invitation"), Map.of());
        String invitation = room.page(room.at("about"))
                .select("input.link")
                .attr("value")
                .replaceFirst(".*/invitations/", "/invitations/");

        assertAdmits(mode == SignUpMode.OPEN, "stranger", "/");
        assertAdmits(mode == SignUpMode.OPEN, "forger", "/invitations/forged");
        assertAdmits(mode != SignUpMode.CLOSED, "guest", invitation);
    }

    private void assertAdmits(boolean admitted, String username, String next) {
        ChatClient visitor = chat.visitor(username);
        assertThat(visitor.page("login?next=" + next).select("a[href*=/signup]").isEmpty())
                .isNotEqualTo(admitted);
        HttpResponse<String> form = visitor.get("signup?next=" + next);
        assertThat(form.statusCode()).isEqualTo(admitted ? 200 : 403);
        assertThat(Jsoup.parse(form.body()).select("[name=username]").isEmpty()).isNotEqualTo(admitted);
        assertThat(visitor.postStatus(
                        "signup", Map.of("username", username, "password", ChatClient.PASSWORD, "next", next)))
                .isEqualTo(admitted ? 303 : 403);
        assertThat(signIn(username)).isEqualTo(admitted ? 303 : 401);
    }

    @ParameterizedTest
    @EnumSource
    void the_first_account_of_an_exposed_chat_takes_the_code_from_the_log(SignUpMode mode) {
        chat.withoutOperator()
                .configure(config -> config.signup(mode).publicUrl(URI.create("http://chat.example.org")));
        String old = chat.setupCode().orElseThrow();
        chat.stop();
        chat.startAgain();
        String code = chat.setupCode().orElseThrow();
        assertThat(code).isNotEqualTo(old);
        Map<String, String> form = Map.of("username", "olga", "password", ChatClient.PASSWORD);

        for (String wrong : new String[] {"", "wrong", code.toLowerCase(Locale.ROOT)}) {
            assertThat(chat.visitor().getStatus("signup?code=" + wrong)).isEqualTo(403);
            assertThat(signUp(with(form, wrong)).statusCode()).isEqualTo(403);
        }
        String kept =
                chat.visitor().page("signup?code=" + code).select("[name=code]").val();
        assertThat(signUp(with(form, kept)).statusCode()).isEqualTo(303);
        assertThat(chat.visitor("olga").signIn().getStatus("admin/users")).isEqualTo(200);

        // The codes are used up.
        Map<String, String> second = Map.of("username", "pete", "password", ChatClient.PASSWORD);
        assertThat(signUp(with(second, old)).statusCode()).isEqualTo(mode == SignUpMode.OPEN ? 303 : 403);
        chat.stop();
        chat.startAgain();
        assertThat(chat.setupCode()).isEmpty();
    }

    @Test
    void the_first_account_of_a_chat_behind_a_proxy_takes_a_code() {
        chat.withoutOperator().configure(config -> config.trustedProxies("127.0.0.1"));
        assertThat(chat.setupCode()).isPresent();
        assertThat(signUp(Map.of("username", "olga", "password", ChatClient.PASSWORD))
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void the_first_account_of_a_chat_on_this_machine_takes_no_code() {
        assertThat(chat.withoutOperator().setupCode()).isEmpty();
        assertThat(chat.user("alice").getStatus("admin/users")).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "application/json"})
    void a_flood_is_refused_slowly_and_completely(String accepted) {
        chat.configure(config -> config.limit(Limit.SIGN_UPS_PER_ADDRESS, 1));
        chat.user("alice");
        HttpResponse<String> refused = chat.visitor()
                .post("signup", Map.of("username", "bob", "password", ChatClient.PASSWORD), "Accept", accepted);
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        assertThat(refused.body()).contains("Too many accounts are being created.");
    }

    private static Map<String, String> with(Map<String, String> form, String code) {
        Map<String, String> all = new HashMap<>(form);
        all.put("code", code);
        return all;
    }

    private int from(String network, String username) {
        return chat.visitor()
                .postStatus(
                        "signup",
                        Map.of("username", username, "password", ChatClient.PASSWORD),
                        "X-Forwarded-For",
                        network);
    }

    private HttpResponse<String> signUp(Map<String, String> form) {
        return chat.visitor().post("signup", form);
    }

    private int signIn(String login) {
        return chat.visitor().postStatus("login", Map.of("login", login, "password", ChatClient.PASSWORD));
    }
}
