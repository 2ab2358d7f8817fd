package chat.klatsch.web.account;

import static org.assertj.core.api.Assertions.assertThat;

import chat.klatsch.core.Limit;
import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.ChatExtension;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nobody who guesses passwords keeps the owner of the account out. Three wrong ones a minute are allowed. */
class LockOutTest {
    private static final int LIMIT = 3;
    private static final String HOME = "198.51.100.1";
    private static final String ELSEWHERE = "203.0.113.9";

    @RegisterExtension
    static final ChatExtension chat = ChatExtension.with(config ->
            config.trustedProxies("127.0.0.1").passwordMemory(1).limit(Limit.FAILED_SIGN_INS_PER_MINUTE, LIMIT));

    @ParameterizedTest
    @ValueSource(strings = {HOME, "2001:db8::1"})
    void guesses_from_elsewhere_do_not_refuse_the_right_password(String home) {
        String name = "anna" + home.length();
        chat.user(name);
        assertThat(guesses(name, ELSEWHERE, LIMIT + 1)).contains(401, 429);
        assertThat(signIn(chat.visitor(), name, ChatClient.PASSWORD, ELSEWHERE)).isEqualTo(429);
        assertThat(signIn(chat.visitor(), name, ChatClient.PASSWORD, home)).isEqualTo(303);
    }

    @Test
    void guesses_from_the_same_network_do_not_refuse_a_known_device() {
        ChatClient owner = chat.user("ben");
        owner.post("logout", Map.of());
        guesses("ben", HOME, LIMIT + 1);
        assertThat(signIn(chat.visitor(), "ben", ChatClient.PASSWORD, HOME)).isEqualTo(429);
        for (String login : List.of("ben", " @BEN ")) {
            assertThat(signIn(owner, login, ChatClient.PASSWORD, HOME)).isEqualTo(303);
        }
    }

    @Test
    void many_guesses_from_other_networks_do_not_refuse_the_right_password_at_a_new_device() {
        chat.user("cleo");
        assertThat(IntStream.range(0, 12).mapToObj(network -> guesses("cleo", "192.0.2." + network, LIMIT)))
                .flatMap(statuses -> statuses)
                .containsOnly(401);
        assertThat(signIn(chat.visitor(), "cleo", ChatClient.PASSWORD, HOME)).isEqualTo(303);
    }

    @Test
    void all_attempts_of_a_device_are_limited_even_with_the_right_password() {
        ChatClient owner = chat.user("jo");
        assertThat(IntStream.range(0, 3 * LIMIT + 1)
                        .mapToObj(attempt -> signIn(owner, "jo", ChatClient.PASSWORD, HOME)))
                .startsWith(303, 303, 303, 303)
                .endsWith(429);
        assertThat(signIn(chat.visitor(), "jo", ChatClient.PASSWORD, HOME)).isEqualTo(303);
    }

    @ParameterizedTest
    @ValueSource(strings = {"settings/password", "settings/email"})
    void all_attempts_of_a_session_are_limited_even_with_the_right_password(String form) {
        ChatClient owner = chat.user("kim" + form.length());
        Map<String, String> fields =
                Map.of("password", ChatClient.PASSWORD, "new", ChatClient.PASSWORD, "email", "no address");
        assertThat(IntStream.range(0, 3 * LIMIT + 1).mapToObj(attempt -> owner.postStatus(form, fields)))
                .doesNotContain(401, 403)
                .endsWith(429);
    }

    @Test
    void guesses_elsewhere_and_at_sign_in_do_not_refuse_the_settings() {
        ChatClient owner = chat.user("dora");
        guesses("dora", "127.0.0.1", LIMIT + 1);
        assertThat(owner.postStatus(
                        "settings/email", Map.of("email", "d@example.org", "password", ChatClient.PASSWORD)))
                .isEqualTo(303);
    }

    @Test
    void guesses_at_a_known_device_are_limited_too() {
        ChatClient owner = chat.user("emil");
        assertThat(IntStream.range(0, LIMIT + 1).mapToObj(guess -> signIn(owner, "emil", "guess " + guess, HOME)))
                .endsWith(429);
        assertThat(signIn(chat.visitor(), "emil", ChatClient.PASSWORD, HOME)).isEqualTo(303);
    }

    @Test
    void a_device_is_known_to_the_accounts_that_have_used_it_only() {
        ChatClient shared = chat.user("fay");
        chat.user("gil");
        guesses("gil", HOME, LIMIT + 1);
        assertThat(signIn(shared, "gil", ChatClient.PASSWORD, HOME)).isEqualTo(429);
        assertThat(signIn(shared, "gil", ChatClient.PASSWORD, ELSEWHERE)).isEqualTo(303);
        guesses("fay", HOME, LIMIT + 1);
        for (String known : List.of("gil", "fay", "gil")) {
            assertThat(signIn(shared, known, ChatClient.PASSWORD, HOME)).isEqualTo(303);
        }
    }

    @Test
    void a_new_password_makes_all_other_devices_unknown() {
        ChatClient owner = chat.user("hana");
        ChatClient lost = chat.visitor("hana").signIn();
        assertThat(owner.postStatus(
                        "settings/password", Map.of("password", ChatClient.PASSWORD, "new", "another password")))
                .isEqualTo(303);
        guesses("hana", HOME, LIMIT + 1);
        assertThat(signIn(lost, "hana", "another password", HOME)).isEqualTo(429);
        assertThat(signIn(owner, "hana", "another password", HOME)).isEqualTo(303);
    }

    @Test
    void a_forged_device_is_unknown() {
        chat.user("ida");
        guesses("ida", HOME, LIMIT + 1);
        for (String forged : List.of("x", "A".repeat(65), ".", "é", "A".repeat(22), "a.b.c.d.e.f.g")) {
            assertThat(chat.visitor()
                            .postStatus(
                                    "login",
                                    Map.of("login", "ida", "password", ChatClient.PASSWORD),
                                    "X-Forwarded-For",
                                    HOME,
                                    "Cookie",
                                    "klatsch-device=" + forged))
                    .isEqualTo(429);
        }
    }

    private static List<Integer> guesses(String login, String network, int count) {
        return IntStream.range(0, count)
                .mapToObj(guess -> signIn(chat.visitor(), login, "guess number " + guess, network))
                .toList();
    }

    private static int signIn(ChatClient client, String login, String password, String network) {
        return client.postStatus("login", Map.of("login", login, "password", password), "X-Forwarded-For", network);
    }
}
