package chat.klatsch.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import chat.klatsch.ChatServer;
import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.Mailbox;
import chat.klatsch.fixture.Postgres;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.FormElement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Presses the button of each form twice: first on one node, then on another one with the same database. */
class RepeatedRequestsTest {
    @RegisterExtension
    static final Postgres postgres = new Postgres();

    @RegisterExtension
    static final Mailbox mailbox = new Mailbox();

    private static final List<ChatServer> nodes = new ArrayList<>();

    /** A user with a browser at each node. */
    private record Person(ChatClient one, ChatClient other) {
        static Person signedUp(String username) {
            return signedUp(username, "");
        }

        static Person signedUp(String username, String email) {
            Person person = unknown(username);
            person.one.signUp(email);
            person.other.signIn();
            return person;
        }

        static Person unknown(String username) {
            return new Person(
                    new ChatClient(nodes.get(0).url(), username),
                    new ChatClient(nodes.get(1).url(), username));
        }

        /** Fills in the form whose action ends with this and sends it on both nodes, one after the other. */
        List<HttpResponse<String>> pressesTwice(String page, String action, String... fields) {
            Form form = form(page, action, fields);
            return List.of(form.sendBy(one), form.sendBy(other));
        }

        Form form(String page, String action, String... fields) {
            Element form = one.page(page).selectFirst("form[action$='" + action + "']");
            assertThat(form).as(page + " " + action).isNotNull();
            Map<String, String> values = new HashMap<>();
            ((FormElement) form).formData().forEach(field -> values.put(field.key(), field.value()));
            Element button = form.selectFirst("button[name]");
            if (button != null) {
                values.put(button.attr("name"), button.val());
            }
            for (int i = 0; i < fields.length; i += 2) {
                values.put(fields[i], fields[i + 1]);
            }
            return new Form(form.attr("action").substring(1), values);
        }
    }

    private record Form(String action, Map<String, String> values) {
        HttpResponse<String> sendBy(ChatClient client) {
            return client.post(action, values);
        }

        Form with(String name, String value) {
            Map<String, String> changed = new HashMap<>(values);
            changed.put(name, value);
            return new Form(action, changed);
        }
    }

    private static Person owner;

    @BeforeAll
    static void start() {
        String database = postgres.fresh();
        for (int node = 0; node < 2; node++) {
            nodes.add(ChatServer.start(config ->
                    config.fromEnvironment().port(0).databaseUrl(database).smtpUrl(mailbox.url())));
        }
        owner = Person.signedUp("owner");
    }

    @AfterAll
    static void stop() {
        nodes.forEach(ChatServer::close);
    }

    @Test
    void a_room_is_created_once() {
        for (String kind : new String[] {"open", "closed"}) {
            String name = "The " + kind + " room";
            leadToTheSamePlace(owner.pressesTwice("rooms", "/rooms", "name", name, "kind", kind));
            assertThat(owner.one.page("rooms").select(".room-item").eachText().stream()
                            .filter(room -> room.contains(name)))
                    .hasSize(1);
        }
    }

    @Test
    void many_presses_at_once_create_one_room() {
        Form form = owner.form("rooms", "/rooms", "name", "Crowded", "kind", "closed");
        List<CompletableFuture<HttpResponse<String>>> presses = Stream.of(
                        owner.one, owner.other, owner.one, owner.other, owner.one, owner.other)
                .map(client -> CompletableFuture.supplyAsync(() -> form.sendBy(client)))
                .toList();
        leadToTheSamePlace(presses.stream().map(CompletableFuture::join).toList());
        assertThat(owner.one.page("rooms").select(".room-item").eachText())
                .filteredOn(room -> room.contains("Crowded"))
                .hasSize(1);
    }

    @Test
    void another_content_another_user_and_no_key_are_other_requests() {
        Form form = owner.form("rooms", "/rooms", "name", "First", "kind", "closed");
        String first = location(form.sendBy(owner.one));
        assertThat(location(form.with("name", "Second").sendBy(owner.one))).isNotEqualTo(first);
        Person guest = Person.signedUp("guest");
        assertThat(location(form.with("viewer", "guest").sendBy(guest.one))).isNotEqualTo(first);
        Form without = form.with("key", "");
        assertThat(location(without.sendBy(owner.one))).isNotEqualTo(location(without.sendBy(owner.one)));
        assertThat(location(form.sendBy(owner.other))).isEqualTo(first);
    }

    @Test
    void a_refused_form_can_be_sent_again_with_its_key() {
        Form form = owner.form("rooms", "/rooms", "name", "", "kind", "open");
        assertThat(form.sendBy(owner.one).statusCode()).isEqualTo(422);
        Form corrected = form.with("name", "Corrected");
        assertThat(location(corrected.sendBy(owner.one))).isEqualTo(location(corrected.sendBy(owner.other)));
    }

    @Test
    void whoever_signs_up_twice_is_signed_in_both_times() {
        Person person = Person.unknown("newcomer");
        Form form = person.form(
                "signup",
                "/signup",
                "username",
                "newcomer",
                "password",
                ChatClient.PASSWORD,
                "email",
                "newcomer@example.org");
        List<HttpResponse<String>> presses = Stream.of(person.one, person.other)
                .map(client -> CompletableFuture.supplyAsync(() -> form.sendBy(client)))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();
        leadToTheSamePlace(presses);
        assertThat(presses.get(0).headers().firstValue("Location")).contains("/welcome");
        assertThat(location(form.sendBy(person.one))).as("with a session").isEqualTo("/welcome");
        assertThat(person.one.getStatus("settings")).isEqualTo(200);
        assertThat(person.other.getStatus("settings")).isEqualTo(200);
        mailbox.token("newcomer@example.org", "confirm", 1);
        assertThat(mailbox.emails("newcomer@example.org", "confirm")).hasSize(1);

        Person thief = Person.unknown("thief");
        assertThat(form.with("password", "another password").sendBy(thief.one).statusCode())
                .isEqualTo(401);
        assertThat(form.with("key", "guessed").sendBy(thief.one).statusCode()).isEqualTo(409);
        assertThat(thief.one.getStatus("settings")).isEqualTo(303);
    }

    @Test
    void an_invitation_that_is_created_twice_is_one() {
        ChatClient room = owner.one.makes("Invited", "closed");
        String about = room.at("about");
        Form form = owner.form(about, "/invitation");
        leadToTheSamePlace(List.of(form.sendBy(owner.one)));
        String link = link(about);
        leadToTheSamePlace(List.of(form.sendBy(owner.other), form.sendBy(owner.one)));
        assertThat(link(about)).isEqualTo(link);
        leadToTheSamePlace(owner.pressesTwice(room.at("invitation"), "/invitation"));
        assertThat(link(about)).isNotEqualTo(link);
        leadToTheSamePlace(owner.pressesTwice(room.at("invitation/revoke"), "/invitation/revoke"));
        assertThat(owner.one.page(about).select("input.link")).isEmpty();
    }

    @Test
    void a_rooms_members_and_owner_are_changed_once() {
        ChatClient room = owner.one.makes("Changing", "closed");
        Person member = Person.signedUp("member");
        String about = room.at("about");
        leadToTheSamePlace(owner.pressesTwice(about, "/members", "username", "member"));
        leadToTheSamePlace(member.pressesTwice("rooms/" + room.room(), "/join"));
        leadToTheSamePlace(owner.pressesTwice(room.at("mute?username=member"), "/mute"));
        leadToTheSamePlace(owner.pressesTwice(about, "/unmute", "username", "member"));
        leadToTheSamePlace(owner.pressesTwice(room.at("members/remove?username=member"), "/members/remove"));
        leadToTheSamePlace(owner.pressesTwice(about, "/members", "username", "member"));
        leadToTheSamePlace(member.pressesTwice("rooms/" + room.room(), "/join"));
        leadToTheSamePlace(member.pressesTwice(room.at("leave"), "/leave"));
        leadToTheSamePlace(owner.pressesTwice(about, "/members", "username", "member"));
        leadToTheSamePlace(member.pressesTwice("rooms/" + room.room(), "/join"));
        leadToTheSamePlace(owner.pressesTwice(room.at("transfer?username=member"), "/transfer"));
        leadToTheSamePlace(owner.pressesTwice(room.at("leave"), "/leave"));
        leadToTheSamePlace(member.pressesTwice(room.at("delete"), "/delete"));
        assertThat(member.one.getStatus("rooms/" + room.room())).isEqualTo(404);
    }

    @Test
    void rooms_are_joined_and_chats_opened_once() {
        ChatClient room = owner.one.makes("Joinable", "open");
        Person guest = Person.signedUp("joiner");
        leadToTheSamePlace(guest.pressesTwice("rooms/" + room.room(), "/join"));
        leadToTheSamePlace(guest.pressesTwice("@owner", "/direct/owner"));
    }

    @Test
    void emails_are_sent_once() {
        Person person = Person.signedUp("writer", "writer@example.org");
        mailbox.token("writer@example.org", "confirm", 1);
        leadToTheSamePlace(person.pressesTwice("settings/account", "/settings/email/verify"));
        mailbox.token("writer@example.org", "confirm", 2);
        leadToTheSamePlace(person.pressesTwice("password/forgot", "/password/forgot", "email", "writer@example.org"));
        leadToTheSamePlace(person.pressesTwice("password/forgot", "/password/forgot", "email", "nobody@example.org"));
        String token = mailbox.token("writer@example.org", "new password", 1);
        leadToTheSamePlace(person.pressesTwice(
                "settings/account", "/settings/email", "email", "moved@example.org", "password", ChatClient.PASSWORD));
        String moved = mailbox.token("moved@example.org", "confirm", 1);
        leadToTheSamePlace(person.pressesTwice("email/verify?token=" + moved, "/email/verify"));
        assertThat(person.one.getStatus("email/verify?token=" + moved))
                .as("the link works once")
                .isEqualTo(404);
        assertThat(mailbox.emails("writer@example.org", "confirm")).hasSize(2);
        assertThat(mailbox.emails("writer@example.org", "new password")).hasSize(1);
        assertThat(mailbox.emails("writer@example.org", "was changed")).hasSize(1);
        assertThat(mailbox.emails("moved@example.org", "confirm")).hasSize(1);
        assertThat(person.one.getStatus("password/reset?token=" + token)).isEqualTo(404);
    }

    @Test
    void a_password_is_set_once_and_another_one_is_not_taken_for_it() {
        Person person = Person.signedUp("forgetful", "forgetful@example.org");
        Form change = person.form(
                "settings/account", "/settings/password", "password", ChatClient.PASSWORD, "new", "a second one");
        leadToTheSamePlace(List.of(change.sendBy(person.one), change.sendBy(person.one)));
        assertThat(change.with("new", "a third one").sendBy(person.one).statusCode())
                .isEqualTo(403);

        person.one.post("password/forgot", Map.of("email", "forgetful@example.org"));
        String token = mailbox.token("forgetful@example.org", "new password", 1);
        Form reset = person.form("password/reset?token=" + token, "/password/reset", "password", "a fourth one");
        leadToTheSamePlace(List.of(reset.sendBy(person.one), reset.sendBy(person.other)));
        assertThat(reset.with("password", "a fifth one").sendBy(person.one).statusCode())
                .isEqualTo(404);
        assertThat(reset.with("key", "guessed").sendBy(person.one).statusCode()).isEqualTo(404);
    }

    @Test
    void an_account_is_deleted_once() {
        Person person = Person.signedUp("leaver");
        leadToTheSamePlace(
                person.pressesTwice("settings/account", "/settings/delete", "password", ChatClient.PASSWORD));
        assertThat(person.other.getStatus("settings")).isEqualTo(303);
    }

    @Test
    void an_operators_link_is_issued_once_and_shown_again() {
        Person.signedUp("locked");
        List<String> links = owner.pressesTwice("admin/users?name=locked", "/admin/users/reset").stream()
                .map(HttpResponse::body)
                .map(org.jsoup.Jsoup::parse)
                .map(page -> page.select("input.link").val())
                .toList();
        assertThat(links.get(0)).contains("/password/reset?token=").doesNotContain("key");
        assertThat(links.get(1).replaceFirst(".*/password", ""))
                .isEqualTo(links.get(0).replaceFirst(".*/password", ""));
        assertThat(owner.one.getStatus(links.get(0).replaceFirst(".*/password", "password")))
                .isEqualTo(200);
        assertThat(owner.one.page("admin/audit").select("[data-action=RESET_ALLOWED]"))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"ban, note=spam", "unban, note=", "appoint, note=", "dismiss, note="})
    void what_operators_do_is_done_once(String action, String note) {
        Person person = Person.unknown("subject");
        person.one.post("signup", Map.of("username", "subject", "password", ChatClient.PASSWORD));
        leadToTheSamePlace(owner.pressesTwice(
                "admin/users" + (action.equals("unban") ? "?name=subject" : "/" + action + "?username=subject"),
                "/admin/users/" + action,
                "note",
                note.replace("note=", "")));
    }

    @Test
    void operators_take_and_delete_rooms_and_messages_once() {
        Person host = Person.signedUp("host");
        ChatClient room = host.one.makes("Abandoned", "open");
        room.posts("nobody should read this");
        leadToTheSamePlace(
                owner.pressesTwice("admin/messages/delete?room=" + room.room() + "&seq=1", "/admin/messages/delete"));
        leadToTheSamePlace(owner.pressesTwice("admin/rooms/close?room=" + room.room(), "/admin/rooms/close"));
        owner.one.post("admin/users/ban", Map.of("username", "host"));
        leadToTheSamePlace(owner.pressesTwice("admin/rooms/take?room=" + room.room(), "/admin/rooms/take"));
        leadToTheSamePlace(owner.pressesTwice("admin/rooms/delete?room=" + room.room(), "/admin/rooms/delete"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"signup", "password/forgot"})
    void a_form_for_anyone_carries_a_key_of_its_own(String page) {
        ChatClient anyone = Person.unknown("anyone").one;
        assertThat(key(anyone, page)).hasSize(22).isNotEqualTo(key(anyone, page));
    }

    private static String key(ChatClient client, String page) {
        return client.page(page).select("main form [name=key]").val();
    }

    private static void leadToTheSamePlace(List<HttpResponse<String>> presses) {
        assertThat(presses).allSatisfy(response -> {
            assertThat(response.statusCode()).as(response.body()).isEqualTo(303);
            assertThat(location(response)).isEqualTo(location(presses.get(0)));
        });
    }

    private static String location(HttpResponse<String> response) {
        return response.headers().firstValue("Location").orElse("none");
    }

    private static String link(String about) {
        return owner.one.page(about).select("input.link").val().replaceFirst(".*/", "");
    }
}
