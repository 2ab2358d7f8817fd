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
import com.microsoft.playwright.options.FilePayload;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class BrowserProfileTest {
    @RegisterExtension
    final ChatExtension chat = ChatExtension.withDefaults();

    @RegisterExtension
    final Browsers browsers = new Browsers();

    @Test
    void a_profile_from_the_welcome_page_is_visible_to_others() throws Exception {
        BrowserUser alice = browsers.visitor(chat.url(), "alice");
        alice.expectsErrors("status of 413");
        alice.goes("signup");
        alice.fillsIn("username");
        alice.page().locator("[name=name]").fill("Alice Liddell");
        choosesAvatar(alice, new byte[9_000_000]);
        alice.clicks("Continue");
        alice.page().getByText("too large").waitFor();
        assertThat(alice.page().locator("[name=name]").inputValue()).isEqualTo("Alice Liddell");
        choosesAvatar(alice, Images.file("still.png"));
        alice.clicks("Continue");
        alice.isLive();
        alice.says("Curiouser and curiouser");

        BrowserUser bob = browsers.join(chat, "bob");
        bob.sees("Curiouser and curiouser");
        eventually(() -> hasAvatar(bob, "#messages .avatar"));
        String before = bob.page().locator("#messages .avatar").getAttribute("src");
        bob.types("typing on");
        ChatClient session = chat.visitor("alice").signIn();
        Upload.avatar(session, "me", Images.file("progressive.jpg"));
        for (String place : new String[] {"#messages .avatar", "#members [data-author=alice] .avatar"}) {
            Locator shown = bob.page().locator(place);
            eventually(() -> shown.getAttribute("src") != null
                    && !shown.getAttribute("src").equals(before));
        }
        session.post("settings/avatar/remove", Map.of());
        eventually(() -> "AL".equals(bob.page().locator("#messages .avatar").getAttribute("data-initials")));
        assertThat(bob.composer().inputValue()).isEqualTo("typing on");
        bob.page().locator("#messages .name a").click();
        bob.page().waitForURL("**/@alice");
        assertThat(bob.page().locator("h1").textContent()).isEqualTo("Alice Liddell");
        assertThat(bob.page().getByText("Send message").count()).isEqualTo(1);
    }

    private static void choosesAvatar(BrowserUser user, byte[] file) {
        user.page().locator("[name=avatar]").setInputFiles(new FilePayload("me.png", "image/png", file));
    }

    /** Uploaded avatars are 192 pixels wide, drawn ones smaller. */
    private static boolean hasAvatar(BrowserUser user, String selector) {
        return (int) user.page().locator(selector).first().evaluate("image => image.naturalWidth") == 192;
    }
}
