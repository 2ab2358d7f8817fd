package chat.klatsch.web.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.klatsch.ChatServer;
import chat.klatsch.core.Limit;
import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.Mailbox;
import chat.klatsch.fixture.RawHttp;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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

/** What people change about their own account. */
class AccountSettingsTest {
    private static final String CONFIRM = "confirm";

    private static Mailbox mailbox;
    private static ChatServer chat;
    private static ChatClient alice;
    private static ChatClient victor;

    @BeforeAll
    static void start(@TempDir Path directory) {
        mailbox = new Mailbox();
        chat = ChatServer.start(config -> config.port(0)
                .dataDirectory(directory)
                .smtpUrl(mailbox.url())
                .limit(Limit.FAILED_SIGN_INS_PER_MINUTE, 3));
        alice = person("alice", "alice@example.org");
        victor = person("victor", "victor@example.org");
    }

    @AfterAll
    static void stop() {
        chat.close();
        mailbox.close();
    }

    @Test
    void a_new_address_is_unconfirmed_and_both_hear_of_it() {
        ChatClient bob = person("bob", "bob@example.org");
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
        assertThat(bob.post("email/verify", Map.of("token", token)).statusCode())
                .isEqualTo(303);
        assertThat(bob.page("settings/account").text()).contains("Bob@Example.net is verified");
        assertThat(signIn("bob@example.NET", ChatClient.PASSWORD)).isEqualTo(303);
        assertThat(signIn("bob@example.org", ChatClient.PASSWORD)).isEqualTo(401);
        // Free for somebody else, whom it asks to confirm it.
        ChatClient heir = person("heir", "bob@example.org");
        assertThat(mailbox.token("bob@example.org", CONFIRM, 2)).isNotEqualTo(first);
        assertThat(heir.page("settings/account").text()).contains("bob@example.org is not verified yet");
    }

    @Test
    void a_link_to_the_old_address_is_dead_when_it_has_changed() {
        ChatClient ann = person("ann", "ann@example.org");
        String confirm = mailbox.token("ann@example.org", CONFIRM, 1);
        assertThat(ann.post("password/forgot", Map.of("email", "ann@example.org"))
                        .statusCode())
                .isEqualTo(303);
        String reset = mailbox.token("ann@example.org", "new password", 1);
        assertThat(changeEmail(ann, "ann@example.net", ChatClient.PASSWORD).statusCode())
                .isEqualTo(303);

        assertThat(ann.get("email/verify?token=" + confirm).statusCode()).isEqualTo(404);
        assertThat(ann.post("email/verify", Map.of("token", confirm)).statusCode())
                .isEqualTo(404);
        assertThat(ann.post("password/reset", Map.of("token", reset, "password", "another password"))
                        .statusCode())
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
    void an_address_that_is_refused_comes_back_as_it_was_typed_and_nothing_has_changed(
            String address, String password, int status) {
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
    void a_new_password_ends_all_other_sign_ins_and_keeps_this_one() {
        ChatClient here = person("carol", "").connect();
        ChatClient there = new ChatClient(chat.url(), "carol").signIn().connect();
        ChatClient tab = here.tab().connect();

        HttpResponse<String> response = changePassword(here, ChatClient.PASSWORD, "another password");

        assertThat(response.statusCode()).isEqualTo(303);
        assertThat(response.headers().firstValue("Location")).contains("/settings/account?done=password");
        await().atMost(Duration.ofSeconds(1)).until(() -> !there.isConnected());
        assertThat(there.closeCode()).isEqualTo(1008);
        assertThat(there.get("rooms/lobby").statusCode()).isEqualTo(303);
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
    void a_password_that_is_refused_is_still_the_old_one() {
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
    void wrong_passwords_count_like_those_of_signing_in() {
        ChatClient dave = person("dave", "");
        assertThat(changePassword(dave, "guess 1", "another password").statusCode())
                .isEqualTo(403);
        assertThat(changeEmail(dave, "dave@example.org", "guess 2").statusCode())
                .isEqualTo(403);
        assertThat(dave.post("settings/delete", Map.of("password", "guess 3")).statusCode())
                .isEqualTo(403);

        HttpResponse<String> refused = changePassword(dave, ChatClient.PASSWORD, "another password");
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        assertThat(signIn("dave", ChatClient.PASSWORD)).isEqualTo(429);
        assertThat(dave.get("rooms/lobby").statusCode()).isEqualTo(200);
    }

    @Test
    void the_rooms_of_a_deleted_account_fall_to_the_oldest_member_and_go_where_there_is_none() {
        ChatClient frank = person("frank", "frank@example.org");
        String shared = location(frank.post("rooms", Map.of("name", "Franks kitchen", "kind", "open")));
        String lonely = location(frank.post("rooms", Map.of("name", "Franks cellar", "kind", "open")));
        String chat = location(frank.post("direct/alice", Map.of()));
        alice.post(shared + "/join", Map.of());
        frank.post("settings/delete", Map.of("password", ChatClient.PASSWORD));

        assertThat(alice.get(shared + "/delete").statusCode()).as("hers now").isEqualTo(200);
        assertThat(alice.get(lonely).statusCode()).isEqualTo(404);
        assertThat(alice.page(chat).select("h1").text()).isEqualTo("Deleted user");
        assertThat(alice.get("@frank").statusCode()).isEqualTo(404);
        assertThat(alice.get("users/frank/avatar").headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("image/svg"));
    }

    private static String location(HttpResponse<String> response) {
        return response.headers().firstValue("Location").orElseThrow().substring(1);
    }

    @Test
    void a_deleted_account_leaves_its_messages_and_nothing_else() {
        ChatClient erin = person("Erin", "erin@example.org").connect();
        ChatClient elsewhere = new ChatClient(chat.url(), "erin").signIn().connect();
        String confirm = mailbox.token("erin@example.org", CONFIRM, 1);
        long seq = erin.posts("I was here");
        assertThat(erin.post("settings/delete", Map.of()).statusCode()).isEqualTo(403);

        HttpResponse<String> response = erin.post("settings/delete", Map.of("password", ChatClient.PASSWORD));

        assertThat(response.statusCode()).isEqualTo(303);
        assertThat(response.headers().firstValue("Location")).contains("/login?done=deleted");
        assertThat(erin.page("login?done=deleted").select(".success").text()).contains("deleted");
        await().atMost(Duration.ofSeconds(1)).until(() -> !erin.isConnected() && !elsewhere.isConnected());
        assertThat(List.of(erin.closeCode(), elsewhere.closeCode())).containsOnly(1008);
        assertThat(elsewhere.get("settings/account").statusCode()).isEqualTo(303);
        assertThat(elsewhere.connects("rooms/lobby/live")).isEqualTo(401);

        Document lobby = alice.page("rooms/lobby");
        var message = lobby.select("#messages > [data-seq=%d]".formatted(seq));
        assertThat(message.select(".body").text()).isEqualTo("I was here");
        assertThat(message.attr("data-author")).startsWith("deleted-");
        assertThat(message.text()).contains("Deleted user");
        // Nor is she in the room any more.
        await().until(() -> !alice.get("rooms/lobby").body().contains("Erin"));
        assertThat(signIn("erin@example.org", ChatClient.PASSWORD)).isEqualTo(401);
        assertThat(signIn(message.attr("data-author"), "")).isEqualTo(401);
        assertThat(alice.get("email/verify?token=" + confirm).statusCode()).isEqualTo(404);
        // Name and address are free again.
        person("erin", "erin@example.org");
    }

    @ParameterizedTest
    @ValueSource(strings = {"deleted-1", "Deleted-x", "DELETED-"})
    void nobody_is_called_like_a_deleted_account(String username) {
        HttpResponse<String> response = new ChatClient(chat.url(), username)
                .post("signup", Map.of("username", username, "password", ChatClient.PASSWORD));
        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(Jsoup.parse(response.body()).select("[name=username]").val()).isEqualTo(username);
    }

    @ParameterizedTest
    @ValueSource(strings = {"settings/email", "settings/password", "settings/delete", "settings/email/verify"})
    void these_doors_are_for_people_who_are_signed_in_and_no_other_site(String path) {
        assertThat(new ChatClient(chat.url(), "stranger")
                        .post(path, Map.of("password", ChatClient.PASSWORD))
                        .statusCode())
                .isEqualTo(401);
        assertThat(alice.post(
                                path,
                                Map.of("password", ChatClient.PASSWORD, "new", "another password"),
                                "Origin",
                                "http://evil.example")
                        .statusCode())
                .isEqualTo(403);
        assertThat(alice.get(path).statusCode()).isEqualTo(405);
        assertThat(alice.get("settings/account").statusCode()).isEqualTo(200);
        assertThat(new ChatClient(chat.url(), "stranger")
                        .get("settings/account")
                        .headers()
                        .firstValue("Location"))
                .contains("/login?next=%2Fsettings%2Faccount");
    }

    @Test
    void links_lead_where_the_chat_listens_and_never_where_a_request_says() {
        String form = "email=alice%40example.org";
        RawHttp.Answer answer = RawHttp.send(
                chat.port(),
                "POST /password/forgot HTTP/1.1\r\nHost: evil.example\r\nX-Forwarded-Host: evil.example\r\n"
                        + "Connection: close\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: "
                        + form.length() + "\r\n\r\n" + form);
        assertThat(answer.status()).isEqualTo(303);
        assertThat(mailbox.link("alice@example.org", "new password", 1)).isEqualTo(chat.url() + "password/reset");
    }

    private static ChatClient person(String username, String email) {
        ChatClient person = new ChatClient(chat.url(), username);
        assertThat(person.post("signup", Map.of("username", username, "password", ChatClient.PASSWORD, "email", email))
                        .statusCode())
                .isEqualTo(303);
        return person;
    }

    private static int signIn(String login, String password) {
        return new ChatClient(chat.url(), "somebody")
                .post("login", Map.of("login", login, "password", password))
                .statusCode();
    }

    private static HttpResponse<String> changeEmail(ChatClient person, String address, String password) {
        return person.post("settings/email", Map.of("email", address, "password", password));
    }

    private static HttpResponse<String> changePassword(ChatClient person, String old, String password) {
        return person.post("settings/password", Map.of("password", old, "new", password));
    }
}
