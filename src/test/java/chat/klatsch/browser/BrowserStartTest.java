package chat.klatsch.browser;

import static chat.klatsch.fixture.Await.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import chat.klatsch.fixture.BrowserUser;
import chat.klatsch.fixture.Browsers;
import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.ChatExtension;
import chat.klatsch.fixture.Images;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.FilePayload;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The first minutes of a chat and of a person in it. */
class BrowserStartTest {
    @RegisterExtension
    final ChatExtension chat = ChatExtension.withDefaults().withoutOperator();

    @RegisterExtension
    final Browsers browsers = new Browsers();

    @Test
    void the_first_person_sets_up_and_whoever_is_invited_sees_by_whom() throws IOException {
        BrowserUser anna = browsers.visitor(chat.url(), "anna", new NewContextOptions().setLocale("en-AT"));
        anna.goes("");
        assertThat(anna.page().locator("h1").innerText()).isEqualTo("Set up");
        assertThat(anna.page().locator("main").innerText()).contains("you will be the operator");
        anna.page().locator("[name=site]").fill("Rowing Club");
        anna.fillsIn("username");

        assertThat(anna.page().locator("main form").count()).isEqualTo(1);
        assertThat(anna.page().locator("main button").count()).isEqualTo(1);
        assertThat(anna.page().locator("[name=zone]").inputValue()).isEqualTo("Europe/Vienna");
        anna.page().locator("[name=name]").fill("Anna Berg");
        anna.page().locator("[name=avatar]").setInputFiles(picture("me.png", Images.file("still.png")));
        anna.clicks("Continue");
        anna.isLive();
        assertThat(anna.page().title()).isEqualTo("Lobby · Rowing Club");
        assertThat(avatarOf("anna")).startsWith("image/jpeg");

        anna.goes("settings");
        anna.expectsErrors("status of 422");
        anna.page().locator("[name=about]").fill("I row.");
        anna.page().locator("[name=avatar]").setInputFiles(picture("me.txt", "no picture".getBytes()));
        anna.clicks("Save");
        assertThat(anna.page().locator(".avatar-form .refusal").innerText()).contains("PNG, JPEG or GIF");
        assertThat(anna.page().locator("[name=about]").inputValue()).isEqualTo("I row.");
        anna.clicks("Save");
        assertThat(anna.page().locator("main [role=status]").innerText()).isEqualTo("Saved.");
        assertThat(anna.page().locator("[name=about]").inputValue()).isEqualTo("I row.");

        anna.goes("rooms");
        anna.page().locator("[name=name]").fill("Marketing");
        anna.clicks("Create room");
        anna.isLive();
        Locator invite = anna.page().locator(".empty-invite");
        assertThat(invite.innerText()).contains("Invite people");
        anna.clicks("Create invitation link");
        anna.isLive();
        String link = invite.locator("input.link").inputValue();
        invite.getByText("Copy").click();
        invite.getByText("Copied").waitFor();
        anna.page().locator("#composer textarea").click();
        anna.presses("Control+v");
        assertThat(anna.page().locator("#composer textarea").inputValue()).isEqualTo(link);
        anna.page().locator("#composer textarea").fill("");

        BrowserUser bob = browsers.visitor(chat.url(), "bob");
        bob.page().navigate(link);
        assertThat(bob.page().locator("h1").innerText()).isEqualTo("Anna Berg invites you to Marketing");
        bob.fillsIn("username");
        bob.clicks("Continue");
        assertThat(bob.page().locator("main").innerText()).contains("Anna Berg (@anna) invites you");
        bob.clicks("Join");
        bob.isLive();
        assertThat(bob.page().locator(".empty-invite").count()).isZero();
        bob.says("Hello");
        eventually(() -> anna.bodies().contains("Hello") && !invite.isVisible());
    }

    private static FilePayload picture(String name, byte[] content) {
        return new FilePayload(name, "image/png", content);
    }

    private String avatarOf(String username) {
        ChatClient session = chat.visitor(username).signIn();
        return session.get("users/" + username + "/avatar")
                .headers()
                .firstValue("Content-Type")
                .orElseThrow();
    }
}
