package chat.klatsch.web.account;

import static org.assertj.core.api.Assertions.assertThat;

import chat.klatsch.account.SignUpMode;
import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.ChatExtension;
import chat.klatsch.fixture.Mailbox;
import java.net.http.HttpResponse;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Setting up a chat and its name, and coming to it by an invitation link. */
class StartTest {
    private static final Map<String, String> OLGA = Map.of("username", "olga", "password", ChatClient.PASSWORD);

    @RegisterExtension
    static final Mailbox mailbox = new Mailbox();

    @RegisterExtension
    final ChatExtension chat = ChatExtension.with(
                    config -> config.passwordMemory(1).smtpUrl(mailbox.url()))
            .withoutOperator();

    @Test
    void the_first_person_names_the_chat_and_operators_rename_it() {
        ChatClient visitor = chat.visitor();
        assertThat(visitor.get("login").headers().firstValue("Location")).contains("/signup");
        assertThat(visitor.page("signup").select("h1").text()).isEqualTo("Set up");
        ChatClient olga = chat.visitor("olga");
        assertThat(olga.postStatus("signup", named("  Rowing \u200fClub "))).isEqualTo(422);
        assertThat(olga.postStatus("signup", named("Rowing\tClub <b>"))).isEqualTo(303);
        assertThat(olga.page("rooms/lobby").title()).isEqualTo("Lobby · Rowing Club <b>");

        ChatClient second = chat.visitor("pete");
        assertThat(second.page("signup").select("h1").text()).isEqualTo("Join Rowing Club <b>");
        assertThat(second.postStatus(
                        "signup",
                        Map.of(
                                "username",
                                "pete",
                                "password",
                                ChatClient.PASSWORD,
                                "site",
                                "Mine",
                                "email",
                                "pete@x.org")))
                .isEqualTo(303);
        assertThat(second.page("login?next=/").title()).doesNotContain("Mine");
        mailbox.token("pete@x.org", "confirm", 1);
        assertThat(mailbox.emails("pete@x.org", "confirm").get(0)).contains("account at Rowing Club <b>");

        assertThat(second.postStatus("admin/chat", Map.of("site", "Mine"))).isEqualTo(404);
        assertThat(olga.post("admin/chat", Map.of("site", "Rudern")).headers().firstValue("Location"))
                .contains("/admin/chat?done=saved");
        assertThat(olga.page("admin/chat?done=saved")
                        .select("main [role=status]")
                        .text())
                .isEqualTo("Saved.");
        assertThat(visitor.page("login").select(".brand").text()).isEqualTo("Rudern");
        assertThat(olga.page("admin/audit").text()).contains("@olga named the chat", "Rudern");
        chat.stop();
        chat.startAgain();
        assertThat(visitor.page("login").title()).isEqualTo("Sign in · Rudern");
        assertThat(visitor.get("nothing").body()).contains("Rudern");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\u200b", "\u202egnihton", "1234567890123456789012345678901234567890!"})
    void a_name_that_nobody_can_read_is_refused_and_kept_in_the_form(String name) {
        ChatClient olga = chat.visitor("olga");
        if (!name.isBlank()) {
            HttpResponse<String> refused = olga.post("signup", named(name));
            assertThat(refused.statusCode()).isEqualTo(422);
            assertThat(Jsoup.parse(refused.body()).select("[name=site]").val()).isEqualTo(name);
        }
        olga.post("signup", OLGA);
        HttpResponse<String> refused = olga.post("admin/chat", Map.of("site", name));
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(Jsoup.parse(refused.body()).select(".refusal").text()).isNotBlank();
        assertThat(olga.page("rooms").select(".brand").text()).isEqualTo("Klatsch");
    }

    @ParameterizedTest
    @EnumSource
    void whoever_is_invited_sees_by_whom_and_where_before_anything_else(SignUpMode mode) {
        chat.configure(config -> config.signup(mode));
        ChatClient olga = chat.user("olga");
        olga.post("settings", Map.of("name", "Olga <3", "about", "", "zone", "UTC"));
        ChatClient room = olga.makes("Cellar & Co", "closed");
        room.post(room.at("invitation"), Map.of());
        String link = room.page(room.at("about"))
                .select("input.link")
                .val()
                .substring(chat.url().length());

        ChatClient visitor = chat.visitor("pete");
        String form = visitor.get(link).headers().firstValue("Location").orElseThrow();
        assertThat(form).startsWith(mode == SignUpMode.CLOSED ? "/login?next=" : "/signup?next=");
        for (String page : new String[] {form, form.replace("/signup", "/login")}) {
            Document shown = visitor.page(page.substring(1));
            assertThat(shown.select("h1").text()).isEqualTo("Olga <3 invites you to Cellar & Co");
            assertThat(shown.text()).contains("@olga", "1 member").doesNotContain("Welcome back");
        }
        assertThat(visitor.page("login").select("h1").text()).isEqualTo("Welcome back");
        assertThat(visitor.page("signup?next=/invitations/forged").text()).doesNotContain("invites you");
        assertThat(visitor.getStatus("invitations/forged")).isEqualTo(404);
    }

    private static Map<String, String> named(String site) {
        return Map.of("username", "olga", "password", ChatClient.PASSWORD, "site", site);
    }
}
