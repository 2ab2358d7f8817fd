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
}
