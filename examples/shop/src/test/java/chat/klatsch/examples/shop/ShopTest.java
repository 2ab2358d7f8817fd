package chat.klatsch.examples.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.FrameLocator;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.javalin.Javalin;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A customer in Chromium and an agent in Firefox sign in to the shop, and never to the chat. */
class ShopTest {
    @TempDir
    Path data;

    @Test
    void a_customer_and_an_agent_who_have_signed_in_to_the_shop_talk_and_the_bot_answers() {
        Javalin shop = new Shop(data).start(0);
        String url = "http://localhost:" + shop.port() + "/";
        try (Browsers browsers = new Browsers()) {
            Page customer = signIn(browsers.chromium(), url, "anna");
            FrameLocator support = customer.frameLocator("iframe");
            say(support.locator("#composer [name=body]"), "Where is order 17?");
            message(support.locator("body"), "Order 17 is on its way.").waitFor();

            Page agent = signIn(browsers.firefox(), url, "sam");
            agent.locator("text=Talks").click();
            agent.locator(".room-item >> text=Anna Müller").click();
            message(agent.locator("body"), "Order 17 is on its way.").waitFor();
            say(agent.locator("#composer [name=body]"), "It arrives tomorrow.");
            message(support.locator("body"), "It arrives tomorrow.").waitFor();
            say(support.locator("#composer [name=body]"), "Thank you!");
            message(agent.locator("body"), "Thank you!").waitFor();

            assertTrue(customer.context().cookies().stream().allMatch(cookie -> cookie.name.equals("JSESSIONID")));
            assertEquals(0, agent.locator("[type=password]").count());
            Page other = signIn(customer.context().browser(), url, "ben");
            other.frameLocator("iframe").locator("#composer").waitFor();
            assertEquals(
                    0,
                    message(other.frameLocator("iframe").locator("body"), "Thank you!")
                            .count());

            customer.locator("text=Sign out").click();
            customer.locator("[name=login]").waitFor();
            customer.navigate(url + "chat/");
            customer.locator("[name=login]").waitFor();
        } finally {
            shop.stop();
        }
    }

    private static Page signIn(Browser browser, String url, String login) {
        Page page = browser.newContext().newPage();
        page.navigate(url);
        page.locator("[name=login]").fill(login);
        page.locator("button").click();
        page.locator("h1").waitFor();
        return page;
    }

    private static void say(Locator composer, String text) {
        composer.fill(text);
        composer.press("Enter");
    }

    private static Locator message(Locator page, String text) {
        return page.locator("#messages .body >> text=" + text);
    }
}
