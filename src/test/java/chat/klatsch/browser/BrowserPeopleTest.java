package chat.klatsch.browser;

import static chat.klatsch.fixture.Await.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import chat.klatsch.fixture.BrowserUser;
import chat.klatsch.fixture.Browsers;
import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.ChatExtension;
import chat.klatsch.fixture.Images;
import chat.klatsch.fixture.Upload;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Request;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests finding people and rooms, and how people are shown. */
class BrowserPeopleTest {
    @RegisterExtension
    final ChatExtension chat = ChatExtension.withDefaults();

    @RegisterExtension
    final Browsers browsers = new Browsers();

    @Test
    void a_private_chat_begins_with_a_search_and_the_keyboard_leads_to_rooms_and_people() {
        ChatClient session = chat.user("alice");
        BrowserUser alice = browsers.visitor(chat.url(), "alice");
        alice.takesOver(session);
        chat.user("bob").post("settings", Map.of("name", "Robert Ross", "about", "", "zone", "UTC"));
        ChatClient garden = chat.user("carol").makes("Garden", "open");
        ChatClient kitchen = session.makes("Kitchen", "closed");

        alice.page().locator("a[aria-label='New private chat']").click();
        alice.page().locator("main [name=to]:focus").waitFor();
        alice.page().keyboard().type("ros");
        Locator people = alice.page().locator("main .found button");
        eventually(
                () -> people.allInnerTexts().size() == 1 && people.innerText().contains("@bob"));
        people.click();
        alice.isLive();
        assertThat(alice.page().locator("#name").innerText()).isEqualTo("Robert Ross");

        alice.presses("Control+k");
        alice.page().keyboard().type("kit");
        alice.presses("Enter");
        alice.page().waitForURL("**/rooms/" + kitchen.room());
        alice.isLive();
        alice.page().locator(".switcher-button").click();
        alice.page().keyboard().type("gar");
        alice.page()
                .locator("#switcher .found-item")
                .filter(new Locator.FilterOptions().setHasText("Garden"))
                .click();
        alice.page().waitForURL("**/rooms/" + garden.room());
        alice.page().getByText("You are not a member of this room yet").waitFor();
        // Also on a page that shows no room, and for a person without a chat.
        alice.presses("Meta+k");
        alice.page().keyboard().type("@carol");
        alice.presses("Enter");
        alice.page().waitForURL("**/@carol");
        // In a window so narrow that the list of rooms is a closed panel.
        alice.page().setViewportSize(390, 800);
        alice.goes("rooms/" + kitchen.room());
        alice.isLive();
        alice.presses("Control+k");
        alice.page().keyboard().type("@carol");
        alice.page().locator("#switcher .found-item").first().waitFor();
        alice.presses("Enter");
        alice.page().waitForURL("**/@carol");
    }

    @Test
    void the_user_menu_leads_to_the_profile_and_a_new_picture_is_everywhere_at_once() throws IOException {
        ChatClient session = chat.user("alice");
        session.post("settings", Map.of("name", "Émile van Zola", "about", "", "zone", "UTC"));
        session.posts("before");
        BrowserUser alice = browsers.visitor(chat.url(), "alice");
        alice.takesOver(session);
        Locator button = alice.page().locator(".user-button");
        assertThat(button.locator(".avatar").getAttribute("data-initials")).isEqualTo("ÉZ");
        button.click();
        assertThat(alice.page().locator("#user-menu").innerText().strip().split("\\s*\n\\s*"))
                .containsExactly("Profile", "Settings", "Admin", "Sign out");
        alice.presses("Escape");
        eventually(() -> !alice.page().locator("#user-menu").isVisible());

        List<String> sources = new ArrayList<>();
        for (String file : List.of("still.png", "progressive.jpg")) {
            Upload.avatar(session, "me", Images.file(file));
            alice.goes("rooms/lobby");
            alice.isLive();
            Locator own = button.locator("img.avatar");
            eventually(() -> (boolean) own.evaluate("image => image.complete && image.naturalWidth > 0"));
            sources.add(own.getAttribute("src"));
            assertThat(alice.page().locator("#messages img.avatar").getAttribute("src"))
                    .isEqualTo(own.getAttribute("src"));
            eventually(() -> own.getAttribute("src")
                    .equals(alice.page().locator("#members img.avatar").getAttribute("src")));
        }
        assertThat(sources).doesNotHaveDuplicates();
        Upload.avatar(session, "me", Images.file("still.png"));
        assertThat(session.page("@alice").select("main img.avatar").attr("src")).isEqualTo(sources.get(0));
    }

    @Test
    void a_page_of_many_people_asks_for_few_images_and_deleted_people_lead_nowhere() throws IOException {
        ChatClient session = chat.user("alice");
        for (int user = 0; user < 20; user++) {
            ChatClient member = chat.user("user" + user);
            member.posts("hello from " + user);
            if (user == 1) {
                Upload.avatar(member, "me", Images.file("still.png"));
            }
        }
        ChatClient frank = chat.user("frank");
        frank.posts("so long");
        ChatClient chatting = session.chatsWith("frank");
        frank.post("settings/delete", Map.of("password", ChatClient.PASSWORD));
        BrowserUser alice = browsers.visitor(chat.url(), "alice");
        alice.takesOver(session);
        List<Request> requests = new ArrayList<>();
        alice.page().onRequest(requests::add);
        for (String path : List.of("rooms/lobby/about", "rooms/lobby", chatting.at(""))) {
            requests.clear();
            alice.goes(path);
            assertThat(requests)
                    .filteredOn(request -> request.url().contains("/avatar"))
                    .hasSizeLessThanOrEqualTo(1);
            assertThat(alice.page().locator("a[href*='deleted-']").count())
                    .as(path)
                    .isZero();
        }
        assertThat(session.page("rooms/lobby").select("#messages").text()).contains("Deleted user");
    }

    @Test
    void a_private_chat_shows_one_truth_about_who_is_online() {
        ChatClient session = chat.user("alice");
        BrowserUser alice = browsers.visitor(chat.url(), "alice");
        alice.takesOver(session);
        BrowserUser bob = browsers.join(chat, "bob");
        ChatClient chatting = session.chatsWith("bob");
        alice.goes(chatting.at("").replaceFirst("/$", ""));
        alice.isLive();
        for (String path : List.of("rooms/lobby", "settings")) {
            bob.goes(path);
            eventually(() -> online(alice, chatting).equals(List.of(true, true, true)));
        }
        bob.close();
        eventually(() -> online(alice, chatting).equals(List.of(false, false, false)));
        assertThat(session.page(chatting.at("about")).select(".member-list .online"))
                .hasSize(1);
    }

    /** Returns whether the list, the header and the members panel show that the other user is online. */
    private static List<Boolean> online(BrowserUser user, ChatClient chatting) {
        return List.of(
                user.page().locator("#r-" + chatting.room() + " .dot").count() == 1,
                user.online() == 2,
                user.members().contains("bob"));
    }
}
