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

    private static void assertOutcome(BrowserUser user, String text) {
        Locator outcome = user.page().locator("#done [role=status]");
        eventually(() -> outcome.innerText().equals(text));
        assertThat(outcome.evaluate("element => { const box = element.getBoundingClientRect();"
                        + " return box.top >= 0 && box.bottom <= innerHeight }"))
                .as("in sight")
                .isEqualTo(true);
    }
}
