package chat.klatsch.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.klatsch.Messages.Author;
import chat.klatsch.core.Limit;
import chat.klatsch.core.RoomId;
import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.ChatExtension;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Enters texts in several forms by every route that takes a text. */
class NormalFormTest {
    /** A text of two lines as some keyboards, systems and terminals write it. */
    private static final String TYPED =
            "Cafe\u0301\u0007 a\u0323\u0302\r\nU\u0308ber\u001b\u0085 \u1112\u1161\u11ab\r\n";

    private static final String NORMAL = "Café ậ\nÜber 한";

    @RegisterExtension
    static final ChatExtension chat = ChatExtension.with(
            config -> config.limit(Limit.POSTS_PER_MINUTE, 0).limit(Limit.FAILED_SIGN_INS_PER_MINUTE, 0));

    private final ChatClient alice = chat.user("alice");

    @Test
    void messages_have_one_form_from_every_route() {
        ChatClient room = alice.makes("Routes", "closed").connect();
        long first = room.posts(TYPED, "one key");
        assertThat(room.posts(NORMAL, "one key")).isEqualTo(first);
        assertThat(room.postStatus(room.at("messages"), Map.of("body", TYPED))).isEqualTo(303);
        room.sends("{\"body\":\"%s\"}".formatted(escaped(TYPED)));
        chat.server().messages().post(new RoomId(room.room()), Author.person("alice"), TYPED);
        long edited = room.posts("to be edited");
        assertThat(room.postStatus(room.at("messages/" + edited + "/edit"), Map.of("body", TYPED)))
                .isEqualTo(303);
        long half = room.posts("half");
        assertThat(room.postStatus(room.at("messages/" + half + "/edit"), Map.of("body", "\0\u0007")))
                .isEqualTo(422);

        await().untilAsserted(() -> assertThat(
                        ChatClient.messages(room.get(room.at("")).body()))
                .extracting(seen -> seen.body().strip())
                .containsExactlyInAnyOrder(NORMAL, NORMAL, NORMAL, NORMAL, NORMAL, "half"));
        room.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'\n \t\n    indented\n  less  \n \n' | '    indented\n  less'",
                "'\tindented' | '\tindented'",
                "'\r\r  a\rb\r' | '  a\nb'",
                "'\u3000全角' | '\u3000全角'",
                "'a\u0000\u0001\u001b[31mb\u009fc' | 'a[31mbc'",
                "'tab\there' | 'tab\there'",
            })
    void a_text_keeps_its_indentation_and_loses_blank_lines_at_its_ends(String typed, String kept) {
        ChatClient room = alice.makes("Indented", "closed");
        long seq = room.posts(typed);
        Element form =
                Jsoup.parse(room.get(room.at("messages/" + seq + "/edit")).body());
        assertThat(form.selectFirst("textarea").wholeText().replaceFirst("^\n", ""))
                .isEqualTo(kept);
    }

    @Test
    void lengths_are_counted_in_the_normal_form() {
        assertThat(alice.postStatus(alice.at("messages"), Map.of("body", "\u1112\u1161\u11ab".repeat(2_000))))
                .isEqualTo(303);
        assertThat(alice.postStatus(alice.at("messages"), Map.of("body", "e\u0301".repeat(2_001))))
                .isEqualTo(422);
        assertThat(alice.postStatus("rooms", Map.of("name", "e\u0301".repeat(64), "kind", "closed")))
                .isEqualTo(303);
        ChatClient carol = chat.user("carol");
        Map<String, String> profile =
                Map.of("name", "e\u0301".repeat(40), "about", "e\u0301".repeat(500), "zone", "UTC");
        assertThat(carol.postStatus("settings", profile)).isEqualTo(303);
        assertThat(carol.page("@carol").select("h1").text()).isEqualTo("é".repeat(40));
    }

    /** Sorting the marks of one letter takes quadratic time, which took minutes for the largest form. */
    @Test
    @Timeout(20)
    void a_letter_with_very_many_marks_costs_little() {
        String marks = "a" + "\u0301\u0316".repeat(35_000);
        assertThat(alice.postStatus(alice.at("messages"), Map.of("body", marks)))
                .isEqualTo(422);
        assertThat(alice.postStatus("rooms", Map.of("name", marks, "kind", "closed")))
                .isEqualTo(422);
        assertThat(chat.visitor()
                        .postStatus(
                                "login",
                                Map.of("login", marks.substring(0, 2_000), "password", marks.substring(0, 2_000))))
                .isEqualTo(401);
        assertThat(chat.visitor()
                        .postStatus("login", Map.of("login", marks.substring(0, 2_000), "password", "a short one")))
                .isEqualTo(401);
        assertThat(alice.postStatus(alice.at("messages"), Map.of("body", marks.substring(0, 2_000))))
                .isEqualTo(303);
    }

    @Test
    void names_profiles_and_searches_have_one_form() {
        ChatClient bob = chat.user("bob");
        Map<String, String> profile = Map.of("name", "Zoe\u0308\u0007 A\u030a\n", "about", TYPED, "zone", "UTC");
        assertThat(bob.postStatus("settings", profile)).isEqualTo(303);
        assertThat(bob.page("@bob").select("h1").text()).isEqualTo("Zoë Å");
        assertThat(bob.page("settings").selectFirst("textarea").wholeText().strip())
                .isEqualTo(NORMAL);
        ChatClient room = bob.makes("Cafe\u0301\u0000", "open");
        assertThat(bob.page(room.at("")).select("h1").text()).contains("Café");
        assertThat(alice.postStatus("rooms", Map.of("name", "Café", "kind", "open")))
                .isEqualTo(409);

        room.posts("Zwölf Boxkämpfer");
        for (String query : List.of("zwo\u0308lf", "ZWÖLF\u0007", "zwolf boxkampfer", "\ufeffzwölf")) {
            assertThat(bob.page("search?q=" + encoded(query)).select(".result"))
                    .as(query)
                    .hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dora",
                " dora ",
                "DORA",
                "@dora",
                " @Dora\u00a0",
                "@ dora",
                "\u2068@dora\u2069",
                "\u200b\ufeffdora\u200d\n",
                "ｄｏｒａ",
                "＠Ｄｏｒａ",
                "do\u0000ra",
                "Dora@Bücher.example",
                "dora@BU\u0308CHER.example",
                "dora@xn--bcher-kva.example",
                " dora@bücher。example"
            })
    void a_login_is_forgiven_what_keyboards_add(String login) {
        chat.user("dora", "dora@bücher.example");
        assertThat(signIn(login, ChatClient.PASSWORD)).isEqualTo(303);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"do ra", "dora@", "do\u200bra", "@@dora", "döra", "dora@bucher.example", "dora@b\u00fccher"})
    void another_login_is_not_forgiven(String login) {
        chat.user("dora", "dora@bücher.example");
        assertThat(signIn(login, ChatClient.PASSWORD)).isEqualTo(401);
    }

    @Test
    void a_username_and_an_address_are_taken_in_every_form() {
        chat.user("dora", "dora@bücher.example");
        assertThat(signUp(" @DORA\u200b", "")).isEqualTo(409);
        for (String email :
                List.of("DORA@xn--bcher-kva.example", "dora@bu\u0308cher.EXAMPLE", "\u2068dora@Bücher.example")) {
            assertThat(alice.postStatus("settings/email", Map.of("email", email, "password", ChatClient.PASSWORD)))
                    .as(email)
                    .isEqualTo(409);
        }
        for (String email :
                List.of("dora@bü cher.example", "dora@\ud83c\udf89.example", "dora@ü-.", "dörá@x.example")) {
            assertThat(signUp("other", email)).as(email).isEqualTo(422);
        }
        HttpResponse<String> erin = chat.visitor()
                .post(
                        "signup",
                        Map.of("username", "\u2068@Erin\u2069 ", "password", ChatClient.PASSWORD, "email", " "));
        assertThat(erin.statusCode()).isEqualTo(303);
        assertThat(alice.page("@erin").text()).contains("@Erin");
    }

    @Test
    void a_password_is_the_same_in_every_form() {
        String composed = "pássw\u00f6rd 한국";
        String decomposed = "pa\u0301sswo\u0308rd\u00a0\u1112\u1161\u11ab\u1100\u116e\u11a8";
        for (String set : List.of(composed, decomposed)) {
            String username = "p" + set.length();
            assertThat(chat.visitor().postStatus("signup", Map.of("username", username, "password", set)))
                    .isEqualTo(303);
            assertThat(signIn(username, composed)).isEqualTo(303);
            assertThat(signIn(username, decomposed)).isEqualTo(303);
            assertThat(signIn(username, "passwörd 한국")).isEqualTo(401);
        }
        ChatClient fred = chat.user("fred");
        assertThat(fred.postStatus("settings/password", Map.of("password", ChatClient.PASSWORD, "new", decomposed)))
                .isEqualTo(303);
        assertThat(fred.postStatus("settings/password", Map.of("password", decomposed, "new", composed + "!")))
                .isEqualTo(303);
        assertThat(signIn("fred", decomposed + "!")).isEqualTo(303);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gina", "@Gina", " GINA\u200b", "\u2068@gina\u2069", "ｇｉｎａ"})
    void every_field_for_a_username_forgives_the_same(String typed) {
        // The first user is the operator.
        ChatClient owner = chat.user("alice");
        ChatClient member = chat.user("gina").signIn();
        ChatClient room = owner.makes("Guests", "closed");
        Map<String, String> gina = Map.of("username", typed);
        assertThat(owner.postStatus(room.at("members"), gina)).isEqualTo(303);
        assertThat(member.postStatus(room.at("join"), Map.of())).isEqualTo(303);
        assertThat(owner.postStatus(room.at("mute"), gina)).isEqualTo(303);
        assertThat(owner.postStatus(room.at("unmute"), gina)).isEqualTo(303);
        assertThat(owner.postStatus(room.at("members/remove"), gina)).isEqualTo(303);
        assertThat(owner.postStatus(room.at("members"), gina)).isEqualTo(303);
        assertThat(member.postStatus(room.at("join"), Map.of())).isEqualTo(303);
        assertThat(owner.postStatus(room.at("transfer"), gina)).isEqualTo(303);
        assertThat(owner.getStatus("@" + encoded(typed))).isEqualTo(200);
        assertThat(owner.postStatus("direct/" + encoded(typed), Map.of())).isEqualTo(303);
        assertThat(owner.postStatus("admin/users/ban", Map.of("username", typed, "note", "no\u0007te")))
                .isEqualTo(303);
        assertThat(owner.postStatus("admin/users/unban", gina)).isEqualTo(303);
        assertThat(owner.postStatus("admin/users/reset", gina)).isEqualTo(200);
        assertThat(owner.page("admin/users?name=" + encoded(typed)).text()).contains("@gina");
        assertThat(chat.server()
                        .messages()
                        .post(RoomId.LOBBY, Author.person(typed), "hello")
                        .author()
                        .username())
                .isEqualTo("gina");
    }

    private static int signIn(String login, String password) {
        return chat.visitor().postStatus("login", Map.of("login", login, "password", password));
    }

    private static int signUp(String username, String email) {
        return chat.visitor()
                .postStatus("signup", Map.of("username", username, "password", ChatClient.PASSWORD, "email", email));
    }

    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        text.chars().forEach(letter -> escaped.append("\\u%04x".formatted(letter)));
        return escaped.toString();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
