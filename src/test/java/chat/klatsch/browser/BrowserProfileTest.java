package chat.klatsch.browser;

import static chat.klatsch.fixture.Await.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import chat.klatsch.ChatServer;
import chat.klatsch.fixture.BrowserUser;
import chat.klatsch.fixture.Browsers;
import chat.klatsch.fixture.Pictures;
import com.microsoft.playwright.options.FilePayload;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class BrowserProfileTest {
    @RegisterExtension
    final Browsers browsers = new Browsers();

    @Test
    void one_says_who_one_is_on_the_way_in_and_the_others_see_it(@TempDir Path directory) throws Exception {
        try (ChatServer chat = ChatServer.start(config -> config.port(0).dataDirectory(directory))) {
            BrowserUser alice = browsers.visitor(chat.url(), "alice");
            alice.expectsComplaints("status of 422");
            alice.goes("signup");
            alice.fillsIn("username");
            sendsPicture(alice, new byte[9_000_000]);
            alice.page().getByText("too large").waitFor();
            sendsPicture(alice, Pictures.file("still.png"));
            alice.page().getByText("Remove avatar").waitFor();
            eventually(() -> hasPicture(alice, ".avatar-form img"));
            alice.page().locator("[name=name]").fill("Alice Liddell");
            alice.clicks("Continue");
            alice.isLive();
            alice.says("Curiouser and curiouser");

            BrowserUser bob = browsers.join(chat, "bob");
            bob.sees("Curiouser and curiouser");
            eventually(() -> hasPicture(bob, "#messages .avatar"));
            bob.page().locator("#messages .name a").click();
            bob.page().waitForURL("**/@alice");
            assertThat(bob.page().locator("h1").textContent()).isEqualTo("Alice Liddell");
            assertThat(bob.page().getByText("Send message").count()).isEqualTo(1);
        }
    }

    private static void sendsPicture(BrowserUser person, byte[] file) {
        person.page().locator("[name=picture]").setInputFiles(new FilePayload("me.png", "image/png", file));
        person.clicks("Upload avatar");
    }

    /** The pictures that people send are kept larger than those that are drawn. */
    private static boolean hasPicture(BrowserUser person, String selector) {
        return (int) person.page().locator(selector).first().evaluate("image => image.naturalWidth") == 192;
    }
}
