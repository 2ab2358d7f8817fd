package chat.klatsch.browser;

import static chat.klatsch.fixture.Await.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import chat.klatsch.fixture.BrowserUser;
import chat.klatsch.fixture.Browsers;
import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.ChatExtension;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class BrowserRoomsTest {
    @RegisterExtension
    final ChatExtension chat = ChatExtension.withDefaults();

    @RegisterExtension
    final Browsers browsers = new Browsers();

    @Test
    void an_open_page_follows_a_rename_and_leaves_a_room_on_removal_unless_it_has_text() {
        ChatClient room = chat.user("alice").makes("Garden", "closed");
        BrowserUser bob = browsers.join(chat, "bob");
        room.post(room.at("members"), Map.of("username", "bob"));
        eventually(() -> bob.page().locator("#rooms .invitations").count() == 1);
        bob.page().locator("#rooms .invitations").click();
        bob.page().locator("#invitations ~ ul form[action$='/join'] button").click();
        bob.isLive();
        assertThat(bob.page().locator("#members .away").textContent()).contains("alice");
        assertThat(bob.page().locator("#label .lock").count()).isEqualTo(1);

        room.post(room.at("about"), Map.of("name", "Picnic", "kind", "open"));
        eventually(() -> bob.page().locator("#name").textContent().equals("Picnic")
                && bob.page().locator("#label").innerText().equals("# Picnic"));

        BrowserUser writing = bob.opensAnotherTab();
        writing.goes("rooms/" + room.room());
        writing.isLive();
        writing.types("unfinished");
        bob.expectsErrors("status of 404|Connection not open");
        room.post(room.at("members/remove"), Map.of("username", "bob"));
        bob.page().waitForURL("**/rooms/lobby?out");
        assertThat(bob.page().locator("#notice").textContent()).contains("no longer a member of that room");
        bob.isLive();

        Locator notice = writing.page().locator("#notice");
        eventually(() -> notice.textContent().contains("no longer a member of this room"));
        writing.isIdle();
        assertThat(writing.page().url()).endsWith("/rooms/" + room.room());
        assertThat(writing.composer().inputValue()).isEqualTo("unfinished");
        assertThat(writing.page().locator("#live, .lost").count()).isZero();
    }

    @Test
    void a_form_of_the_details_leaves_what_is_typed_into_others_and_says_in_sight_why_it_is_refused() {
        ChatClient session = chat.user("alice");
        ChatClient room = session.makes("Garden", "open");
        ChatClient bob = chat.user("bob");
        chat.user("carol");
        room.admits(bob);
        room.post(room.at("mute"), Map.of("username", "bob"));
        BrowserUser alice = browsers.visitor(chat.url(), "alice");
        alice.takesOver(session);
        alice.page().setViewportSize(800, 600);
        alice.goes("rooms/" + room.room() + "/about");
        Locator name = alice.page().locator("#room-sheet [name=name]");
        Locator invitee = alice.page().locator("#invitee");
        Locator outcome = alice.page().locator("#done");
        name.fill("Picnic");
        alice.page()
                .getByLabel("Closed", new Page.GetByLabelOptions().setExact(false))
                .check();
        alice.page().getByLabel("Mentions only").check();
        alice.page().locator("#transfer ~ form [name=username]").fill("bob");
        invitee.fill("nobody");

        alice.expectsErrors("status of 4");
        alice.page().locator("#mute-bob").click();
        eventually(() -> outcome.innerText().equals("bob can post in this room again."));
        alice.page().locator("#star").click();
        eventually(() -> outcome.innerText().equals("Garden is at the top of your list now."));
        assertThat(alice.page().locator("#star:focus").innerText()).contains("Remove star");
        alice.page().locator("form[action$='/notifications'] button").click();
        eventually(() -> outcome.innerText().equals("Saved."));
        invitee.fill("nobody");
        alice.page().locator("#invite-button").click();
        Locator refusal = alice.page().locator("#invite-sheet .refusal");
        refusal.waitFor();
        assertThat(refusal.boundingBox().y).isBetween(0.0, 600.0);
        assertThat(invitee.inputValue()).isEqualTo("nobody");
        invitee.fill("carol");
        alice.presses("Enter");
        eventually(() -> outcome.innerText().startsWith("carol is invited."));
        assertThat(outcome.boundingBox()).isNull();
        assertThat(outcome.locator("p").boundingBox().y).isBetween(0.0, 600.0);
        assertThat(alice.page().locator("#invite-sheet li").innerText()).contains("carol");
        alice.clicks("Create invitation link");
        alice.page().locator("#invite-sheet .link").waitFor();

        assertThat(name.inputValue()).isEqualTo("Picnic");
        assertThat(alice.page().locator("#transfer ~ form [name=username]").inputValue())
                .isEqualTo("bob");
        assertThat(alice.page()
                        .locator("[name=kind]:checked, [name=level]:checked")
                        .all())
                .extracting(Locator::inputValue)
                .containsExactly("mentions", "closed");
        alice.page().locator("#save").click();
        eventually(() -> outcome.innerText().equals("Saved.")
                && alice.page().locator("#back").innerText().equals("Back to Picnic"));
        assertThat(bob.page("rooms").select("#r-" + room.room()).text()).contains("Picnic");

        name.fill("Half a name");
        session.post("logout", Map.of());
        alice.page().locator("#star").click();
        Locator signIn = alice.page().locator("#notice a");
        eventually(() -> signIn.count() == 1 && signIn.getAttribute("href").contains(room.room() + "%2Fabout"));
        assertThat(alice.page().locator("#notice").textContent()).startsWith("You are signed out.");
        alice.isIdle();
        assertThat(name.inputValue()).isEqualTo("Half a name");
        session.signIn();
        alice.takesCookie(session);

        alice.goes("rooms");
        alice.page().locator("#new ~ form [name=name]").fill("Half a name");
        alice.page().locator("#room-search").fill("nowhere");
        alice.presses("Enter");
        alice.page().getByText("No open room has this name.").waitFor();
        assertThat(alice.page().locator("#new ~ form [name=name]").inputValue()).isEqualTo("Half a name");
    }
}
