package chat.klatsch.web.membership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.ChatExtension;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests rooms with one server and three users; each test creates rooms of its own. */
class RoomsTest {
    @RegisterExtension
    static final ChatExtension chat = ChatExtension.withDefaults();

    private final ChatClient alice = chat.user("alice");
    private final ChatClient bob = chat.user("bob");
    private final ChatClient carol = chat.user("carol");
    private static ChatClient closed;
    private static ChatClient direct;

    /** A request to a room, as a stranger sends it: method, path within the room, and form. */
    private record Attempt(String method, String path, Map<String, String> form, String... headers) {
        HttpResponse<String> sendAs(ChatClient user) {
            return "GET".equals(method) ? user.get(path, headers) : user.post(path, form, headers);
        }

        Attempt of(ChatClient room) {
            return new Attempt(method, room.at(path).replaceFirst("/(?=\\?|$)", ""), form, headers);
        }

        @Override
        public String toString() {
            return method + " " + path + " " + String.join(" ", headers);
        }
    }

    @BeforeAll
    static void start() {
        ChatClient alice = chat.user("alice");
        chat.user("bob");
        closed = alice.makes("Secret", "closed");
        direct = alice.chatsWith("bob");
        closed.posts("Nobody knows");
        direct.posts("Nobody knows");
    }

    /** Returns every route of a room. A new route is one more line here. */
    static Stream<Attempt> attempts() {
        Map<String, String> message = Map.of("body", "Hello", "key", "1");
        Map<String, String> bob = Map.of("username", "bob");
        return Stream.of(
                get(""),
                get("messages?before=100"),
                get("messages?after=0"),
                get("messages?around=1"),
                get("messages?newer=1"),
                get("?at=1"),
                get("messages/1"),
                get("messages/1/edit"),
                post("messages/1/edit", message),
                post("messages/1/delete", Map.of()),
                post("messages/1/reactions", Map.of("emoji", "👍")),
                get("messages/1/reply"),
                get("composer"),
                post("messages", message),
                post("messages", message, "HX-Request", "true"),
                post("messages", message, "Accept", "application/json"),
                get("live"),
                get("connection"),
                get("connection", "HX-Request", "true"),
                // This response contains only its own path, so it is the same for every room, existing or not.
                get("composer/AAAAAAAAAAAAAAAAAAAAAA.1"),
                get("about"),
                post("join", Map.of()),
                post("join", Map.of("invitation", "AAAAAAAAAAAAAAAAAAAAAA")),
                post("decline", Map.of()),
                post("leave", Map.of()),
                post("about", Map.of("name", "Mine", "kind", "open")),
                post("members", bob),
                post("members/remove", bob),
                post("mute", bob),
                post("unmute", bob),
                post("transfer", bob),
                post("invitation", Map.of()),
                post("invitation/revoke", Map.of()),
                get("delete"),
                post("delete", Map.of()));
    }

    private static Attempt get(String path, String... headers) {
        return new Attempt("GET", path, Map.of(), headers);
    }

    private static Attempt post(String path, Map<String, String> form, String... headers) {
        return new Attempt("POST", path, form, headers);
    }

    @ParameterizedTest
    @MethodSource("attempts")
    void closed_rooms_and_private_chats_do_not_exist_for_a_stranger(Attempt attempt) {
        ChatClient nowhere = carol.in("B".repeat(closed.room().length()));
        HttpResponse<String> expected = attempt.of(nowhere).sendAs(carol);
        assertThat(expected.statusCode()).isEqualTo(attempt.path().startsWith("composer/") ? 200 : 404);
        for (ChatClient room : List.of(closed, direct)) {
            HttpResponse<String> refused = attempt.of(room).sendAs(carol);
            assertThat(refused.statusCode()).isEqualTo(expected.statusCode());
            assertThat(anonymous(refused, room)).isEqualTo(anonymous(expected, nowhere));
            assertThat(refused.headers().firstValue("HX-Redirect"))
                    .isEqualTo(expected.headers().firstValue("HX-Redirect"));
        }
    }

    @Test
    void a_stranger_cannot_open_a_private_rooms_socket() {
        for (String room : List.of(closed.room(), direct.room(), "nowhere")) {
            assertThat(carol.connects("rooms/" + room + "/live")).isEqualTo(404);
            assertThat(carol.connects("rooms/" + room + "/live?resume")).isEqualTo(404);
        }
        assertThat(bob.connects(closed.at("live"))).isEqualTo(404);
        assertThat(carol.page("rooms").text()).doesNotContain("Secret");
    }

    @Test
    void an_open_room_shows_a_preview_without_its_messages() {
        ChatClient room = alice.makes("The Attic", "open");
        room.posts("Only for members");
        Document attempt = bob.page("rooms/" + room.room());
        assertThat(attempt.select(".sheet").text()).contains("The Attic", "1 member", "Join");
        assertThat(attempt.text()).doesNotContain("Only for members");
        for (Attempt shut : List.of(get("messages?before=9"), get("live"), get("about"), get("connection"))) {
            assertThat(shut.of(room).sendAs(bob).statusCode()).isEqualTo(404);
        }
        assertThat(bob.page("rooms").select(".previews").text()).contains("The Attic");

        assertThat(bob.postStatus(room.at("join"), Map.of())).isEqualTo(303);
        ChatClient his = bob.in(room.room()).connect();
        room.connect();
        his.posts("Here I am");
        room.sees("Here I am");
        his.close();
        room.close();
    }

    @Test
    void two_existing_users_share_one_private_chat() {
        ChatClient hers = alice.chatsWith("carol");
        assertThat(carol.chatsWith("ALICE").room()).isEqualTo(hers.room());
        assertThat(alice.page("rooms/" + hers.room()).select("h1").text()).isEqualTo("carol");
        assertThat(carol.page("rooms/" + hers.room()).select("h1").text()).isEqualTo("alice");
        assertThat(alice.postStatus("direct/nobody", Map.of())).isEqualTo(404);
        assertThat(alice.postStatus("direct/alice", Map.of())).isEqualTo(422);
        assertThat(alice.getStatus("direct/bob")).isEqualTo(405);
        assertThat(alice.postStatus(hers.at("leave"), Map.of())).isEqualTo(403);
        for (Attempt owner :
                List.of(get("delete"), post("delete", Map.of()), post("members", Map.of("username", "bob")))) {
            assertThat(owner.of(hers).sendAs(alice).statusCode()).isEqualTo(403);
            assertThat(owner.of(alice).sendAs(alice).statusCode()).isEqualTo(403);
        }
    }

    @Test
    void e_mail_addresses_are_neither_searchable_nor_shown() {
        ChatClient dora = chat.visitor("dora");
        assertThat(dora.postStatus(
                        "signup",
                        Map.of(
                                "username", "dora",
                                "password", ChatClient.PASSWORD,
                                "email", "dora@example.org")))
                .isEqualTo(303);
        assertThat(alice.postStatus("direct/dora@example.org", Map.of())).isEqualTo(404);
        ChatClient room = alice.makes("Addresses", "closed");
        assertThat(add(room, "dora@example.org").statusCode()).isEqualTo(404);
        assertThat(add(room, "dora").statusCode()).isEqualTo(303);
        assertThat(alice.get(room.at("about")).body()).contains("@dora").doesNotContain("example.org");
        assertThat(alice.get("rooms/" + room.room()).body()).doesNotContain("example.org");
    }

    @Test
    void only_the_owner_changes_a_room_until_ownership_is_transferred() {
        ChatClient room = alice.makes("Kitchen", "closed");
        room.admits(bob);
        List<Attempt> owners = List.of(
                post("about", Map.of("name", "Mine", "kind", "open")),
                post("members", Map.of("username", "carol")),
                post("members/remove", Map.of("username", "alice")),
                post("transfer", Map.of("username", "bob")),
                post("invitation", Map.of()),
                post("invitation/revoke", Map.of()),
                get("delete"),
                post("delete", Map.of()));
        owners.forEach(attempt -> assertThat(attempt.of(room).sendAs(bob).statusCode())
                .as(attempt.toString())
                .isEqualTo(403));
        assertThat(bob.page(room.at("about")).select("form[action$=about], form[action$=remove]"))
                .isEmpty();
        assertThat(alice.postStatus(room.at("leave"), Map.of())).isEqualTo(403);
        assertThat(alice.postStatus(room.at("members/remove"), Map.of("username", "alice")))
                .isEqualTo(403);
        assertThat(alice.postStatus(room.at("members/remove"), Map.of("username", "carol")))
                .isEqualTo(422);
        assertThat(alice.postStatus(room.at("transfer"), Map.of("username", "carol")))
                .isEqualTo(422);

        assertThat(alice.postStatus(room.at("transfer"), Map.of("username", "bob")))
                .isEqualTo(303);
        assertThat(alice.getStatus(room.at("delete"))).isEqualTo(403);
        assertThat(alice.postStatus(room.at("leave"), Map.of())).isEqualTo(303);
        assertThat(alice.postStatus(room.at("leave"), Map.of())).isEqualTo(404);
        assertThat(bob.get(room.at("delete")).body()).contains("Delete Kitchen?");
        assertThat(bob.getStatus("rooms/" + room.room())).isEqualTo(200);
        assertThat(bob.postStatus(room.at("delete"), Map.of())).isEqualTo(303);
        assertThat(bob.getStatus("rooms/" + room.room())).isEqualTo(404);
        assertThat(bob.postStatus(room.at("messages"), Map.of("body", "x"))).isEqualTo(404);
    }

    @Test
    void an_invalid_room_name_is_refused_and_kept_in_the_form() {
        alice.makes("Café", "open");
        Map<String, Integer> refused = Map.of(
                "",
                422,
                " \u200b",
                422,
                "x".repeat(65),
                422,
                "a\u2066b",
                422,
                "\u202egnihton",
                422,
                "ＣＡＦＥ\u0301",
                409,
                "Lobby!",
                409);
        refused.forEach((name, status) -> {
            HttpResponse<String> answer = bob.post("rooms", Map.of("name", name, "kind", "open"));
            assertThat(answer.statusCode()).as(name).isEqualTo(status);
            Document page = Jsoup.parse(answer.body());
            assertThat(page.select(".refusal").text()).isNotBlank();
            assertThat(page.select("[name=name]").attr("value")).isEqualTo(name);
        });
        assertThat(bob.postStatus("rooms", Map.of("name", "Neither"))).isEqualTo(400);
        ChatClient room = bob.makes("Tea", "closed");
        HttpResponse<String> answer = bob.post(room.at("about"), Map.of("name", "cafe", "kind", "open"));
        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(Jsoup.parse(answer.body()).select("[name=name]").attr("value"))
                .isEqualTo("cafe");
        assertThat(bob.page("rooms/" + room.room()).select("h1").text()).isEqualTo("Tea");
        assertThat(add(bob.in(room.room()), "nobody").body())
                .contains("No user has this name")
                .contains("value=\"nobody\"");
    }

    @Test
    void an_invitation_works_until_it_is_revoked() {
        ChatClient room = alice.makes("Cellar", "closed");
        assertThat(alice.postStatus(room.at("invitation"), Map.of())).isEqualTo(303);
        String link = alice.page(room.at("about")).select("input.link").attr("value");
        assertThat(link).startsWith(chat.url() + "invitations/");
        String path = link.substring(chat.url().length());

        Document page = bob.page(path);
        assertThat(page.select(".sheet").text()).contains("Cellar", "1 member");
        String code = page.select("[name=invitation]").attr("value");
        ChatClient foreign = alice.makes("Other", "closed");
        assertThat(bob.postStatus(foreign.at("join"), Map.of("invitation", code)))
                .isEqualTo(404);
        assertThat(bob.postStatus(room.at("join"), Map.of("invitation", code))).isEqualTo(303);
        assertThat(bob.postStatus(room.at("join"), Map.of("invitation", code))).isEqualTo(303);
        assertThat(bob.get(path).headers().firstValue("Location"))
                .hasValueSatisfying(location -> assertThat(location).endsWith(room.room()));

        alice.post(room.at("invitation/revoke"), Map.of());
        HttpResponse<String> gone = carol.get(path);
        assertThat(gone.statusCode()).isEqualTo(404);
        assertThat(gone.body())
                .contains("expired or was revoked")
                .isEqualTo(carol.get("invitations/x").body());
        assertThat(carol.postStatus(room.at("join"), Map.of("invitation", code)))
                .isEqualTo(404);

        ChatClient visitor = chat.visitor("nobody");
        assertThat(visitor.get(path).body()).contains("expired or was revoked");
        assertThat(visitor.page("login?next=%2F" + path.replace("/", "%2F"))
                        .select(".subtle a[href^=/signup]")
                        .attr("href"))
                .isEqualTo("/signup?next=%2F" + path.replace("/", "%2F"));
    }

    @Test
    void a_room_for_verified_addresses_says_so_in_its_preview() {
        ChatClient room = alice.makes("Verified", "open");
        alice.post(room.at("about"), Map.of("name", "Verified", "kind", "open", "verified", "yes"));
        HttpResponse<String> refused = bob.post(room.at("join"), Map.of());
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(Jsoup.parse(refused.body()).select(".refusal").text()).contains("verified email address");
    }

    @Test
    void the_sidebar_lists_the_lobby_then_rooms_then_private_chats_by_name() {
        ChatClient erin = chat.user("erin");
        erin.chatsWith("carol");
        erin.chatsWith("bob");
        erin.makes("Zebra", "closed");
        ChatClient room = erin.makes("apple", "closed");
        Document page = erin.page("rooms/" + room.room());
        assertThat(page.select("#rooms li").eachText()).containsExactly("# Lobby", "apple", "Zebra", "bob", "carol");
        assertThat(page.select("#rooms [aria-current=page]").text()).isEqualTo("apple");
        assertThat(page.select("#rooms .chats img").eachAttr("src")).allMatch(source -> source.contains("/users/"));
    }

    @Test
    void removal_and_leaving_close_that_users_connection_only() {
        ChatClient room = alice.makes("Garden", "closed").connect();
        room.admits(bob);
        room.admits(carol);
        ChatClient his = bob.in(room.room()).connect();
        ChatClient hers = carol.in(room.room()).connect();
        ChatClient inLobby = bob.tab().connect();
        alice.post(room.at("members/remove"), Map.of("username", "bob"));
        await().atMost(Duration.ofSeconds(1)).until(() -> !his.isConnected());
        assertThat(his.closeCode()).isEqualTo(1008);
        HttpResponse<String> silent = bob.get(room.at("connection"), "HX-Request", "true");
        assertThat(silent.statusCode()).isEqualTo(404);
        assertThat(silent.headers().firstValue("HX-Redirect")).isEmpty();
        assertThat(Jsoup.parse(silent.body()).select("#notice").text()).contains("no longer a member");
        assertThat(bob.get("?out", "HX-Request", "true").headers().firstValue("HX-Redirect"))
                .contains("/?out");
        assertThat(bob.get("?out").headers().firstValue("Location"))
                .hasValueSatisfying(location -> assertThat(location).endsWith("/rooms/lobby?out"));
        assertThat(bob.page("rooms/lobby?out").select("#notice").text()).contains("no longer a member");

        carol.post(room.at("leave"), Map.of());
        assertThat(hers.closeCode()).isEqualTo(1008);
        assertThat(room.isConnected() && inLobby.isConnected()).isTrue();

        alice.post(room.at("delete"), Map.of());
        assertThat(room.closeCode()).isEqualTo(1008);
        assertThat(inLobby.isConnected()).isTrue();
        inLobby.close();
    }

    @Test
    void members_see_a_new_room_name_and_new_members_live() {
        ChatClient room = alice.makes("Old name", "closed").connect();
        assertThat(alice.page("rooms/" + room.room()).select("#members .member").eachAttr("data-author"))
                .containsExactly("alice");
        room.admits(bob);
        await().until(() -> last(room, "#members .away").contains("bob"));
        assertThat(last(room, "#members .member")).contains("alice").doesNotContain("bob");
        assertThat(room.online()).isEqualTo(1);
        alice.post(room.at("about"), Map.of("name", "New <name>", "kind", "closed"));
        await().until(() -> last(room, "#name").equals("New <name>"));

        ChatClient his = bob.in(room.room()).connect();
        await().until(() -> last(room, "#members .member").contains("bob"));
        assertThat(last(his, "#name")).isEqualTo("New <name>");
        his.disconnect();
        await().until(() -> last(room, "#members .away").contains("bob"));
        alice.post(room.at("members/remove"), Map.of("username", "bob"));
        await().until(() -> !last(room, "#members").contains("bob"));
        room.close();
    }

    private static HttpResponse<String> add(ChatClient room, String username) {
        return room.post(room.at("members"), Map.of("username", username));
    }

    private static String last(ChatClient user, String selector) {
        return Jsoup.parse(user.frames().stream()
                        .filter(frame -> !Jsoup.parse(frame)
                                .select(selector.replaceFirst(" .*", ""))
                                .isEmpty())
                        .reduce("", (before, after) -> after))
                .select(selector)
                .text();
    }

    /** Returns a response without the room's own path and without the keys of new forms. */
    private static String anonymous(HttpResponse<String> response, ChatClient room) {
        return response.body().replace(room.room(), "ROOM").replaceAll("[\\w-]{22}(?=\\.\\d)", "KEY");
    }
}
