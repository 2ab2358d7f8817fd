package chat.klatsch.browser;

import static chat.klatsch.fixture.Await.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import chat.klatsch.fixture.BrowserUser;
import chat.klatsch.fixture.Browsers;
import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.ChatExtension;
import com.microsoft.playwright.Locator;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What owners do to members, seen from both sides. */
class BrowserModerationTest {
    @RegisterExtension
    final ChatExtension chat = ChatExtension.withDefaults();

    @RegisterExtension
    final Browsers browsers = new Browsers();

    @Test
    void the_rooms_title_leads_to_its_members_and_every_action_asks_and_says_what_was_done() {
        ChatClient room = chat.user("alice").makes("Garden", "closed");
        for (int person = 10; person < 26; person++) {
            room.admits(chat.user("p" + person));
        }
        BrowserUser bob = browsers.join(chat, "bob");
        room.post(room.at("members"), Map.of("username", "bob"));
        chat.visitor("bob").signIn().post(room.at("join"), Map.of());
        BrowserUser alice = browsers.visitor(chat.url(), "alice");
        alice.takesOver(chat.user("alice"));
        alice.goes("rooms/" + room.room());
        alice.isLive();
        bob.goes("rooms/" + room.room());
        bob.isLive();
        bob.says("Nice weather");
        bob.sees("Nice weather");
        bob.types("Half a sentence");

        alice.page().locator(".top-bar h1 a").click();
        assertThat(alice.page().locator(".content h2").first().innerText()).isEqualTo("Members");
        Locator row = alice.page().locator("#member-p24");
        row.getByText("Remove").click();
        assertThat(alice.page().locator("h1").innerText()).isEqualTo("Remove p24 from Garden?");
        alice.clicks("Cancel");
        assertThat(row.count()).isEqualTo(1);
        row.getByText("Remove").click();
        alice.clicks("Remove from room");
        assertThat(row.count()).isZero();
        assertOutcome(alice, "p24 has been removed from this room.");
        assertThat(alice.page().locator("#member-p25").evaluate("row => row.getBoundingClientRect().top < innerHeight"))
                .isEqualTo(true);

        alice.page().locator("#member-bob").getByText("Mute").click();
        alice.page().locator("[name=note]").fill("Too many <cats>");
        alice.clicks("Mute");
        assertOutcome(alice, "bob is muted in this room.");
        Locator muted = bob.page().locator("#muted");
        eventually(() -> muted.innerText().contains("Too many <cats>"));
        assertThat(bob.composer().isVisible()).isFalse();
        Locator message = bob.message("Nice weather");
        message.hover();
        assertThat(message.locator(".toolbar button:visible").count()).isEqualTo(1);
        assertThat(bob.opensMenu(message).locator(".item").allInnerTexts())
                .extracting(String::strip)
                .containsExactly("Link to message", "Mark as unread", "Delete");
        bob.presses("Escape");
        bob.page().reload();
        bob.isLive();
        assertThat(muted.innerText()).contains("You are muted in this room.", "Too many <cats>");
        assertThat(bob.composer().isVisible()).isFalse();

        alice.page().locator("#member-bob").getByText("Unmute").click();
        assertOutcome(alice, "bob can post in this room again.");
        eventually(() -> bob.composer().isVisible() && !muted.isVisible());
        assertThat(bob.composer().inputValue()).isEqualTo("Half a sentence");
        bob.says(".");
        eventually(() -> bob.bodies().contains("Half a sentence."));
    }

    @Test
    void whatever_is_final_asks_first_and_a_banned_person_is_told_so() {
        ChatClient session = chat.user("alice");
        ChatClient room = session.makes("Garden", "open");
        BrowserUser bob = browsers.join(chat, "bob");
        ChatClient other = chat.user("carol");
        room.admits(other);
        room.post(room.at("invitation"), Map.of());
        BrowserUser alice = browsers.visitor(chat.url(), "alice");
        alice.takesOver(session);
        decides(
                alice,
                room.at("about"),
                "#invite-sheet .buttons >> text=Revoke",
                "The invitation link no longer works.");
        alice.page().locator("#transfer ~ form [name=username]").fill("carol");
        alice.presses("Enter");
        alice.page().locator(".confirm .danger").click();
        assertOutcome(alice, "carol owns this room now.");
        decides(alice, room.at("about"), "text=Leave room", "You have left Garden.");
        decides(alice, "admin/rooms", "#room-" + room.room() + " >> text=Delete", "Garden has been deleted.");
        decides(alice, "admin/users", "#user-carol >> text=Make operator", "@carol is an operator now.");
        decides(alice, "admin/users", "#user-bob >> text=Ban", "@bob is banned and signed out everywhere.");
        bob.page().waitForURL("**/login");
        bob.expectsErrors("status of 40[13]");
        bob.fillsIn("login");
        bob.page().getByText("banned").waitFor();
        alice.goes("settings/account");
        alice.clicks("Sign out everywhere…");
        alice.page().locator(".confirm .danger").click();
        alice.page().waitForURL("**/login?*");
        alice.page().getByText("You are signed out on all devices.").waitFor();
    }

    /** Cancels first, which leads back, and then goes through with it. */
    private static void decides(BrowserUser user, String page, String action, String outcome) {
        user.goes(page);
        user.page().locator(action).click();
        user.clicks("Cancel");
        user.page().locator(action).click();
        user.page().locator(".confirm .danger").click();
        assertOutcome(user, outcome);
    }

    private static void assertOutcome(BrowserUser user, String text) {
        Locator outcome = user.page().locator("#done [role=status]");
        eventually(() -> outcome.innerText().equals(text));
        assertThat(outcome.evaluate("element => { const box = element.getBoundingClientRect();"
                        + " return box.top >= 0 && box.bottom <= innerHeight }"))
                .as("in sight")
                .isEqualTo(true);
    }
}
