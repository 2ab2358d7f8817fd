package chat.klatsch.web.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.klatsch.core.Limit;
import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.ChatExtension;
import chat.klatsch.fixture.Mailbox;
import chat.klatsch.fixture.RawHttp;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests what users change in their own account. */
class AccountSettingsTest {
    private static final String CONFIRM = "confirm";

    @RegisterExtension
    static final Mailbox mailbox = new Mailbox();

    @RegisterExtension
    static final ChatExtension chat =
            ChatExtension.with(config -> config.smtpUrl(mailbox.url()).limit(Limit.FAILED_SIGN_INS_PER_MINUTE, 4));

    private final ChatClient alice = chat.user("alice", "alice@example.org");
    private final ChatClient victor = chat.user("victor", "victor@example.org");

    @Test
    void a_new_address_is_unconfirmed_and_both_addresses_are_notified() {
        ChatClient bob = chat.user("bob", "bob@example.org");
        String first = mailbox.token("bob@example.org", CONFIRM, 1);
        assertThat(bob.post("email/verify", Map.of("token", first)).headers().firstValue("Location"))
                .contains("/settings/account?done=verified");

        HttpResponse<String> response = changeEmail(bob, " Bob@Example.net ", ChatClient.PASSWORD);
        assertThat(response.statusCode()).isEqualTo(303);
        assertThat(response.headers().firstValue("Location")).contains("/settings/account?done=email");
        Document page = bob.page("settings/account?done=email");
        assertThat(page.select(".success").text()).startsWith("Your email address has been changed");
        assertThat(page.text()).contains("Bob@Example.net is not verified yet");

        String token = mailbox.token("Bob@Example.net", CONFIRM, 1);
        await().until(() ->
                mailbox.emails("bob@example.org", "address was changed").size() == 1);
        assertThat(mailbox.emails("bob@example.org", "").toString()).doesNotContainIgnoringCase("Bob@Example.net");
        assertThat(bob.postStatus("email/verify", Map.of("token", token))).isEqualTo(303);
        assertThat(bob.page("settings/account").text()).contains("Bob@Example.net is verified");
        assertThat(signIn("bob@example.NET", ChatClient.PASSWORD)).isEqualTo(303);
        assertThat(signIn("bob@example.org", ChatClient.PASSWORD)).isEqualTo(401);
        // The old address is free for another account.
        ChatClient heir = chat.user("heir", "bob@example.org");
        assertThat(mailbox.token("bob@example.org", CONFIRM, 2)).isNotEqualTo(first);
        assertThat(heir.page("settings/account").text()).contains("bob@example.org is not verified yet");
    }

    @Test
    void links_to_the_old_address_expire_when_it_changes() {
        ChatClient ann = chat.user("ann", "ann@example.org");
        String confirm = mailbox.token("ann@example.org", CONFIRM, 1);
        assertThat(ann.postStatus("password/forgot", Map.of("email", "ann@example.org")))
                .isEqualTo(303);
        String reset = mailbox.token("ann@example.org", "new password", 1);
        assertThat(changeEmail(ann, "ann@example.net", ChatClient.PASSWORD).statusCode())
                .isEqualTo(303);

        assertThat(ann.getStatus("email/verify?token=" + confirm)).isEqualTo(404);
        assertThat(ann.postStatus("email/verify", Map.of("token", confirm))).isEqualTo(404);
        assertThat(ann.postStatus("password/reset", Map.of("token", reset, "password", "another password")))
                .isEqualTo(404);
        assertThat(ann.page("settings/account").text()).contains("ann@example.net is not verified yet");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | correct horse battery | 422",
                "nonsense | correct horse battery | 422",
                "'x@example.org\r\nBcc: y@example.org' | correct horse battery | 422",
                "'x@example.org\nBcc' | correct horse battery | 422",
                "x@example.org,y@example.org | correct horse battery | 422",
                "\"><b>@x | correct horse battery | 422",
                "ALICE@example.org | correct horse battery | 409",
                "Victor@Example.org | correct horse battery | 422",
                "new@example.org | wrong | 403",
                "new@example.org | '' | 403",
            })
    void a_refused_address_stays_in_the_form_and_changes_nothing(String address, String password, int status) {
        HttpResponse<String> response = changeEmail(victor, address, password);

        assertThat(response.statusCode()).isEqualTo(status);
        Document page = Jsoup.parse(response.body());
        assertThat(page.select("[name=email]").val()).isEqualTo(address);
        assertThat(page.select(".refusal")).hasSize(1);
        assertThat(page.select("section:has(.refusal) h2").text()).isEqualTo("Email");
        assertThat(page.select("[type=password]").eachAttr("value")).isEmpty();
        assertThat(page.text()).contains("victor@example.org is not verified yet");
        assertThat(mailbox.emails("victor@example.org", "address was changed")).isEmpty();
    }

    @Test
    void a_new_password_ends_all_other_sessions() {
        ChatClient here = chat.user("carol").connect();
        ChatClient there = chat.visitor("carol").signIn().connect();
        ChatClient tab = here.tab().connect();

        HttpResponse<String> response = changePassword(here, ChatClient.PASSWORD, "another password");

        assertThat(response.statusCode()).isEqualTo(303);
        assertThat(response.headers().firstValue("Location")).contains("/settings/account?done=password");
        await().atMost(Duration.ofSeconds(1)).until(() -> !there.isConnected());
        assertThat(there.closeCode()).isEqualTo(1008);
        assertThat(there.getStatus("rooms/lobby")).isEqualTo(303);
        assertThat(here.page("settings/account?done=password")
                        .select(".success")
                        .text())
                .contains("signed out on all other devices");
        assertThat(List.of(here.isConnected(), tab.isConnected())).containsOnly(true);
        assertThat(signIn("carol", ChatClient.PASSWORD)).isEqualTo(401);
        assertThat(signIn("carol", "another password")).isEqualTo(303);
        here.close();
        tab.close();
    }

    @Test
    void a_refused_password_changes_nothing() {
        assertThat(changePassword(alice, ChatClient.PASSWORD, "short12").statusCode())
                .isEqualTo(422);
        assertThat(changePassword(alice, ChatClient.PASSWORD, "x".repeat(201)).statusCode())
                .isEqualTo(422);
        assertThat(changePassword(alice, ChatClient.PASSWORD, "").statusCode()).isEqualTo(422);
        HttpResponse<String> wrong = changePassword(alice, "wrong password", "another password");
        assertThat(wrong.statusCode()).isEqualTo(403);
        assertThat(Jsoup.parse(wrong.body()).select("section:has(.refusal) h2").text())
                .isEqualTo("Password");
        assertThat(wrong.body()).doesNotContain("wrong password", "another password");
        assertThat(signIn("alice", ChatClient.PASSWORD)).isEqualTo(303);
    }

    @Test
    void wrong_passwords_in_the_settings_count_by_session() {
        ChatClient dave = chat.user("dave");
        assertThat(changePassword(dave, "guess 1", "another password").statusCode())
                .isEqualTo(403);
        assertThat(changeEmail(dave, "dave@example.org", "guess 2").statusCode())
                .isEqualTo(403);
        assertThat(dave.postStatus("settings/delete", Map.of("password", "guess 3")))
                .isEqualTo(403);
        assertThat(changePassword(dave, "guess 4", "another password").statusCode())
                .isEqualTo(403);

        HttpResponse<String> refused = changePassword(dave, ChatClient.PASSWORD, "another password");
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        assertThat(signIn("dave", ChatClient.PASSWORD)).isEqualTo(303);
        assertThat(dave.getStatus("rooms/lobby")).isEqualTo(200);
    }

    @Test
    void rooms_of_a_deleted_account_pass_to_the_oldest_member_or_are_deleted() {
        ChatClient frank = chat.user("frank", "frank@example.org");
        String shared = location(frank.post("rooms", Map.of("name", "Franks kitchen", "kind", "open")));
        String lonely = location(frank.post("rooms", Map.of("name", "Franks cellar", "kind", "open")));
        String chat = location(frank.post("direct/alice", Map.of()));
        alice.post(shared + "/join", Map.of());
        frank.post("settings/delete", Map.of("password", ChatClient.PASSWORD));

        assertThat(alice.getStatus(shared + "/delete")).as("hers now").isEqualTo(200);
        assertThat(alice.getStatus(lonely)).isEqualTo(404);
        assertThat(alice.page(chat).select("h1").text()).isEqualTo("Deleted user");
        assertThat(alice.getStatus("@frank")).isEqualTo(404);
        assertThat(alice.get("users/frank/avatar").headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("image/svg"));
    }

    private static String location(HttpResponse<String> response) {
        return response.headers().firstValue("Location").orElseThrow().substring(1);
    }

    @Test
    void a_deleted_account_leaves_only_its_messages() {
        ChatClient erin = chat.user("Erin", "erin@example.org").connect();
        ChatClient elsewhere = chat.visitor("erin").signIn().connect();
        String confirm = mailbox.token("erin@example.org", CONFIRM, 1);
        long seq = erin.posts("I was here");
        assertThat(erin.postStatus("settings/delete", Map.of())).isEqualTo(403);

        HttpResponse<String> response = erin.post("settings/delete", Map.of("password", ChatClient.PASSWORD));

        assertThat(response.statusCode()).isEqualTo(303);
        assertThat(response.headers().firstValue("Location")).contains("/login?done=deleted");
        assertThat(erin.page("login?done=deleted").select(".success").text()).contains("deleted");
        await().atMost(Duration.ofSeconds(1)).until(() -> !erin.isConnected() && !elsewhere.isConnected());
        assertThat(List.of(erin.closeCode(), elsewhere.closeCode())).containsOnly(1008);
        assertThat(elsewhere.getStatus("settings/account")).isEqualTo(303);
        assertThat(elsewhere.connects("rooms/lobby/live")).isEqualTo(401);

        Document lobby = alice.page("rooms/lobby");
        var message = lobby.select("#messages > [data-seq=%s]".formatted(seq));
        assertThat(message.select(".body").text()).isEqualTo("I was here");
        assertThat(message.attr("data-author")).startsWith("deleted-");
        assertThat(message.text()).contains("Deleted user");
        // The member list no longer shows her.
        await().until(() -> !alice.get("rooms/lobby").body().contains("Erin"));
        assertThat(signIn("erin@example.org", ChatClient.PASSWORD)).isEqualTo(401);
        assertThat(signIn(message.attr("data-author"), "")).isEqualTo(401);
        assertThat(alice.getStatus("email/verify?token=" + confirm)).isEqualTo(404);
        // Username and address are free again.
        chat.user("erin", "erin@example.org");
    }

    @ParameterizedTest
    @ValueSource(strings = {"deleted-1", "Deleted-x", "DELETED-"})
    void names_of_deleted_accounts_are_reserved(String username) {
        HttpResponse<String> response =
                chat.visitor(username).post("signup", Map.of("username", username, "password", ChatClient.PASSWORD));
        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(Jsoup.parse(response.body()).select("[name=username]").val()).isEqualTo(username);
    }

    @ParameterizedTest
    @ValueSource(strings = {"settings/email", "settings/password", "settings/delete", "settings/email/verify"})
    void account_settings_need_a_session_and_the_same_origin(String path) {
        assertThat(chat.visitor().postStatus(path, Map.of("password", ChatClient.PASSWORD)))
                .isEqualTo(401);
        assertThat(alice.postStatus(
                        path,
                        Map.of("password", ChatClient.PASSWORD, "new", "another password"),
                        "Origin",
                        "http://evil.example"))
                .isEqualTo(403);
        assertThat(alice.getStatus(path)).isEqualTo(405);
        assertThat(alice.getStatus("settings/account")).isEqualTo(200);
        assertThat(chat.visitor().get("settings/account").headers().firstValue("Location"))
                .contains("/login?next=%2Fsettings%2Faccount");
    }

    @Test
    void links_in_emails_ignore_the_host_header() {
        String form = "email=alice%40example.org";
        RawHttp.Answer answer = RawHttp.send(
                chat.port(),
                "POST /password/forgot HTTP/1.1\r\nHost: evil.example\r\nX-Forwarded-Host: evil.example\r\n"
                        + "Connection: close\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: "
                        + form.length() + "\r\n\r\n" + form);
        assertThat(answer.status()).isEqualTo(303);
        assertThat(mailbox.link("alice@example.org", "new password", 1)).isEqualTo(chat.url() + "password/reset");
    }

    private static int signIn(String login, String password) {
        return chat.visitor().postStatus("login", Map.of("login", login, "password", password));
    }

    private static HttpResponse<String> changeEmail(ChatClient user, String address, String password) {
        return user.post("settings/email", Map.of("email", address, "password", password));
    }

    private static HttpResponse<String> changePassword(ChatClient user, String old, String password) {
        return user.post("settings/password", Map.of("password", old, "new", password));
    }
}
