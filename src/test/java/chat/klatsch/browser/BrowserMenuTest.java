package chat.klatsch.browser;

import static chat.klatsch.fixture.Await.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import chat.klatsch.fixture.BrowserUser;
import chat.klatsch.fixture.Browsers;
import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.ChatExtension;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Walks through every menu item once, by mouse and keyboard. */
class BrowserMenuTest {
    /** Makes clicks on buttons and links move the focus away, as Safari does, instead of to what is clicked. */
    private static final String CLICKS_WITHOUT_FOCUS = """
            addEventListener('mousedown', event => {
                if (event.target.closest('button, a, summary, [type=button]')) {
                    event.preventDefault();
                    document.activeElement.blur();
                }
            }, true);""";

    @RegisterExtension
    final Browsers browsers = new Browsers();

    @RegisterExtension
    static final ChatExtension chat = ChatExtension.withDefaults();

    @Test
    void two_users_use_every_menu_item() throws IOException {
        BrowserUser alice = browsers.visitor(chat.url(), "alice");
        BrowserUser bob = browsers.join(chat, "bob");

        // Signing up leads to the welcome page, and from there to the lobby.
        alice.goes("signup");
        alice.fillsIn("username");
        alice.page().waitForURL("**/welcome*");
        alice.page().locator("[name=name]").fill("Alice in Chains");
        submit(alice.page()
                .locator("form", new Page.LocatorOptions().setHas(alice.page().locator("[name=name]"))));
        alice.page().waitForURL("**/rooms/lobby");
        alice.isLive();
        alice.says("Hello, house");
        bob.sees("Hello, house");

        // The profile: an avatar, a text, and what others see of them.
        alice.choosesOwn("Settings");
        alice.page().locator("input[type=file]").setInputFiles(new FilePayload("me.png", "image/png", picture()));
        submit(alice.page().locator("form[enctype]").first());
        eventually(() -> alice.page()
                .locator("main img[src*='/settings/avatar']")
                .evaluate("image => image.naturalWidth")
                .equals(192));
        alice.page().locator("[name=about]").fill("I like\ncake");
        submit(alice.page()
                .locator("form", new Page.LocatorOptions().setHas(alice.page().locator("[name=about]"))));
        bob.goes("@alice");
        assertThat(bob.page().locator("main").innerText()).contains("Alice in Chains", "@alice", "I like\ncake");
        // A private chat that starts from the profile appears in the other user's list.
        alice.goes("rooms/lobby");
        alice.isLive();
        bob.clicks("Send message");
        bob.isLive();
        assertThat(bob.page().locator("h1").innerText()).isEqualTo("Alice in Chains");
        bob.says("Psst, @alice");
        Locator tab = alice.page().locator(".chats .room-item");
        eventually(() -> tab.count() == 1 && tab.innerText().contains("@1"));
        eventually(() -> alice.page().title().startsWith("(1)"));
        tab.locator("a").click();
        alice.isLive();
        alice.sees("Psst, @alice");
        assertThat(alice.page().locator(".first-new").count()).isEqualTo(1);
        eventually(() -> alice.page().title().equals("bob · Klatsch"));

        // A room that one creates and invites the other to.
        alice.goes("rooms");
        alice.page().locator("main [name=name]").fill("Kitchen");
        alice.page().locator("main [name=kind][value=closed]").check();
        submit(alice.page()
                .locator(
                        "main form",
                        new Page.LocatorOptions().setHas(alice.page().locator("[name=kind]"))));
        alice.isLive();
        String room = alice.page().url();
        bob.expectsErrors("status of 404");
        assertThat(bob.page().navigate(room).status()).isEqualTo(404);
        alice.page().getByText("Room details").click();
        alice.page().locator("form[action$='/members'] [name=username]").fill("bob");
        submit(alice.page().locator("form[action$='/members']"));
        alice.page().getByText("bob is invited.").waitFor();
        bob.goes("rooms");
        bob.page().locator("#invitations ~ ul form[action$='/join'] button").click();
        bob.isLive();
        assertThat(bob.page().url()).isEqualTo(room);
        alice.page().navigate(room);
        alice.isLive();

        // Posting, replying, reacting, editing and deleting.
        bob.says("Who wants *cake*?");
        alice.sees("Who wants cake?");
        assertThat(alice.page().locator(".body em, .body i").innerText()).isEqualTo("cake");
        chooses(alice, "Who wants cake?", "Reply");
        alice.says("Me!");
        bob.sees("Me!");
        assertThat(bob.message("Me!").locator(".quote").innerText()).contains("Who wants");
        menuOf(alice, "Who wants cake?").locator("button[value=love]").click();
        eventually(() -> bob.page().locator(".reaction[value=love]").count() == 1);
        bob.page().locator(".reaction[value=love]").click();
        eventually(
                () -> alice.page().locator(".reaction[value=love]").innerText().contains("2"));
        chooses(alice, "Me!", "Edit");
        alice.page().locator(".edit textarea").fill("Me, please!");
        alice.page().locator(".edit .primary").click();
        bob.sees("Me, please!");
        menuOf(bob, "Who wants cake?").locator("summary").click();
        bob.page().locator("#menu .danger").click();
        alice.sees("This message was deleted.");
        eventually(() -> alice.page().locator(".reaction").count() == 0);

        // A new name shows for both members; leaving removes the room from the list.
        alice.page().getByText("Room details").click();
        alice.page().locator("form [name=name]").first().fill("Pantry");
        submit(alice.page()
                .locator("form", new Page.LocatorOptions().setHas(alice.page().locator("[name=name]")))
                .first());
        eventually(() -> bob.page().locator("h1").innerText().equals("Pantry"));
        bob.page().getByText("Room details").click();
        bob.page().getByText("Leave room").click();
        submit(bob.page().locator("form[action$='/leave']"));
        assertThat(bob.page().locator("main .success").innerText()).isEqualTo("You have left Pantry.");
        assertThat(bob.page().navigate(room).status()).isEqualTo(404);

        // A third user sees none of it.
        BrowserUser carol = browsers.join(chat, "carol");
        assertThat(carol.page().locator("#room-list .room-item").count()).isEqualTo(1);
        assertThat(carol.bodies()).isEqualTo(List.of("Hello, house"));
    }

    @Test
    void focus_goes_where_it_belongs_in_a_browser_that_does_not_focus_what_is_clicked() {
        BrowserUser carla = browsers.visitor(chat.url(), "carla");
        carla.context().addInitScript(CLICKS_WITHOUT_FOCUS);
        carla.takesOver(new ChatClient(chat.url(), "carla").signUp());
        carla.says("anybody here?");
        carla.sees("anybody here?");
        Locator message = carla.message("anybody here?");

        choosesInMenu(carla, message, "[value=like]");
        hasFocus(carla, ".message:has(.reaction) .message-actions");
        carla.page().locator("#scroller").focus();
        message.locator(".reaction").click();
        eventually(() -> message.locator(".reaction").count() == 0);
        hasFocus(carla, ".message-actions");

        choosesInMenu(carla, message, "a:text-is('Reply')");
        hasFocus(carla, "#composer textarea");
        carla.page().locator("[aria-label='Cancel reply']").click();
        hasFocus(carla, "#composer textarea");
        choosesInMenu(carla, message, "a:text-is('Edit')");
        hasFocus(carla, ".edit textarea");
        carla.composer().fill("by button");
        carla.sendButton().click();
        carla.sees("by button");
        hasFocus(carla, "#composer textarea");
        carla.page().locator(".edit .quiet").click();
        hasFocus(carla, ".message-actions");
        choosesInMenu(carla, message, "summary");
        carla.page().locator("#menu .danger").click();
        hasFocus(carla, ".message:has(.deleted) .time");
    }

    private static void choosesInMenu(BrowserUser user, Locator message, String item) {
        user.opensMenu(message).locator(item).click();
    }

    private static void hasFocus(BrowserUser user, String selector) {
        eventually(
                () -> (boolean) user.page().evaluate("selector => document.activeElement.matches(selector)", selector));
    }

    /** Opens a message's menu and returns it. */
    private static Locator menuOf(BrowserUser user, String body) {
        Locator message = user.page()
                .locator("#messages .message")
                .filter(new Locator.FilterOptions().setHasText(body))
                .last();
        return user.opensMenu(message);
    }

    private static void chooses(BrowserUser user, String body, String item) {
        menuOf(user, body)
                .getByText(item, new Locator.GetByTextOptions().setExact(true))
                .click();
        eventually(() -> !user.page().locator("#menu").isVisible());
    }

    private static void submit(Locator form) {
        form.locator("button:not([type=button])").first().click();
    }

    private static byte[] picture() throws IOException {
        BufferedImage image = new BufferedImage(300, 200, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(Color.ORANGE);
        graphics.fillOval(50, 20, 200, 160);
        graphics.dispose();
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(image, "png", png);
        return png.toByteArray();
    }
}
