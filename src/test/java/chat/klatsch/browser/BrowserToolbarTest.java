package chat.klatsch.browser;

import static chat.klatsch.fixture.Await.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import chat.klatsch.fixture.BrowserUser;
import chat.klatsch.fixture.Browsers;
import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.ChatExtension;
import chat.klatsch.fixture.ConsoleErrors;
import com.google.gson.JsonObject;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.BoundingBox;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Checks that the buttons and the menu of a message act on that message, and where the focus goes. */
class BrowserToolbarTest {
    private static final Pattern MENU = Pattern.compile(".*/messages/[0-9]+");

    @RegisterExtension
    final Browsers browsers = new Browsers();

    @RegisterExtension
    final ChatExtension chat = ChatExtension.withDefaults();

    private ChatClient session;
    private BrowserUser alice;

    @BeforeEach
    void start() {
        session = new ChatClient(chat.url(), "alice").signUp();
        session.posts("first");
        session.posts("second");
        alice = browsers.visitor(chat.url(), "alice");
        alice.expectsErrors("status of (4..|503)|" + ConsoleErrors.NETWORK);
        alice.takesOver(session);
        alice.sees("second");
    }

    @Test
    void with_latency_a_menu_acts_on_its_message_or_on_none() {
        JsonObject slow = new JsonObject();
        slow.addProperty("offline", false);
        slow.addProperty("latency", 500);
        slow.addProperty("downloadThroughput", -1);
        slow.addProperty("uploadThroughput", -1);
        BoundingBox wow =
                alice.opensMenu(alice.message("first")).locator("[value=wow]").boundingBox();
        alice.presses("Escape");
        alice.context().newCDPSession(alice.page()).send("Network.emulateNetworkConditions", slow);

        opens("second");
        assertThat(alice.page().locator("#menu > *").count())
                .as("content before it has arrived")
                .isZero();
        alice.page().mouse().click(wow.x + 9, wow.y + 9);
        alice.isIdle();
        alice.presses("Escape");
        assertThat(session.page("rooms/lobby").select("#m-1 .reaction")).isEmpty();
        alice.opensMenu(alice.message("second")).locator("[value=wow]").click();
        eventually(() -> session.page("rooms/lobby").select("#m-2 .reaction").size() == 1);
        assertThat(session.page("rooms/lobby").select("#m-1 .reaction")).isEmpty();
    }

    @Test
    void a_menu_never_shows_another_messages_actions_in_whatever_order_answers_arrive() {
        List<Route> held = new ArrayList<>();
        alice.page().route(MENU, held::add);
        for (List<Integer> order : List.of(List.of(0, 1), List.of(1, 0))) {
            held.clear();
            opens("first");
            opens("second");
            alice.page().waitForCondition(() -> held.size() == 2);
            for (int answer : order) {
                held.get(answer).resume();
                if (answer == 0) {
                    alice.page().waitForTimeout(50);
                    assertThat(alice.page().locator("#menu [data-menu='1']").count())
                            .isZero();
                }
            }
            alice.page().locator("#menu [data-menu='2']").waitFor();
            alice.isIdle();
            assertThat(alice.page().locator("#menu [action*='/messages/1/']").count())
                    .isZero();
            alice.presses("Escape");
        }
        for (int status : List.of(0, 404, 503)) {
            alice.page().unroute(MENU);
            alice.opensMenu(alice.message("first"));
            alice.presses("Escape");
            alice.page().route(MENU, route -> fail(route, status));
            opens("second");
            alice.isIdle();
            assertThat(alice.page().locator("#menu :is(a, button)").count())
                    .as("after %s", status)
                    .isZero();
            eventually(() -> alice.page()
                    .locator("#menu")
                    .evaluate("menu => getComputedStyle(menu, '::before').content")
                    .toString()
                    .contains("could not be loaded"));
            alice.presses("Escape");
        }
    }

    @Test
    void the_toolbar_acts_without_asking_and_names_its_message() {
        Locator first = alice.message("first");
        first.hover();
        Locator like = first.locator(".toolbar [value=like]");
        assertThat(first.locator(".toolbar").getAttribute("aria-label")).startsWith("@alice, ");
        like.click();
        eventually(() -> first.locator(".reaction[value=like]").count() == 1);
        like.click();
        alice.isIdle();
        assertThat(first.locator(".reaction").innerText()).contains("1");
        assertThat(hasFocus(like)).isTrue();
        assertThat(alice.message("second").locator(".author").textContent()).isEqualTo("alice");

        first.locator(".answer").click();
        eventually(() -> hasFocus(alice.composer()));
        assertThat(alice.page().locator(".replying q").innerText()).isEqualTo("first");
        Locator names = alice.page().locator("#names button");
        for (boolean onName : new boolean[] {false, true}) {
            alice.composer().fill("half @a");
            alice.composer().press("End");
            alice.types("l");
            eventually(() -> names.count() == 1);
            if (onName) {
                alice.presses("ArrowDown");
            }
            alice.presses("Escape");
            eventually(() -> names.count() == 0);
            assertThat(hasFocus(alice.composer())).isTrue();
            assertThat(alice.page().locator(".replying").count()).isEqualTo(1);
        }
        alice.composer().fill("half");
        alice.presses("Escape");
        eventually(() -> alice.page().locator(".replying").count() == 0);
        assertThat(hasFocus(alice.composer())).isTrue();
        assertThat(alice.composer().inputValue()).isEqualTo("half");
    }

    @Test
    void any_emoji_is_found_by_its_name_and_one_reaction_of_each_kind_counts() {
        Locator menu = alice.opensMenu(alice.message("first"));
        menu.locator(".more-emoji").click();
        Locator search = menu.locator("[name=q]");
        search.waitFor();
        eventually(() -> hasFocus(search));
        search.pressSequentially("fox");
        Locator fox = menu.locator("#emoji [value='🦊']");
        eventually(() -> menu.locator("#emoji button").count() < 5 && fox.count() == 1);
        search.press("Enter");
        fox.click();
        Locator reaction = alice.message("first").locator(".reaction");
        eventually(() -> reaction.count() == 1);
        assertThat(reaction.getAttribute("aria-label")).startsWith("fox: 1");
        eventually(() -> hasFocus(alice.message("first").locator(".message-actions")));
        new ChatClient(chat.url(), "bob").signUp().post(session.at("messages/1/reactions"), Map.of("emoji", "🦊"));
        eventually(() -> reaction.innerText().contains("2"));
        reaction.click();
        eventually(() -> reaction.innerText().contains("1"));
        alice.opensMenu(alice.message("first")).locator(".more-emoji").click();
        search.fill("nothing is called this");
        menu.locator(".gone").waitFor();
        search.fill("");
        eventually(() -> menu.locator("#emoji button").count() >= 96);
        menu.locator(".next-emoji").scrollIntoViewIfNeeded();
        eventually(() -> menu.locator("#emoji button").count() >= 192);
    }

    @Test
    void an_edit_is_in_its_messages_place_and_escape_returns_to_where_it_began() {
        Locator first = alice.page().locator("#m-1");
        alice.opensMenu(first).locator("a:text-is('Edit')").click();
        Locator edit = first.locator(".edit textarea");
        eventually(() -> hasFocus(edit));
        assertThat(first.locator(".bubble").isVisible()).isFalse();
        edit.fill("first, changed");
        session.post(session.at("messages/1/reactions"), Map.of("emoji", "love"));
        first.locator(".reaction").waitFor();
        alice.isIdle();
        assertThat(edit.inputValue()).isEqualTo("first, changed");
        assertThat(hasFocus(edit)).isTrue();
        alice.page().setViewportSize(390, 400);
        assertThat(alice.isInView(first.locator(".edit textarea"))).isTrue();
        assertThat(alice.isInView(first.locator(".edit .primary"))).isTrue();
        alice.page().setViewportSize(1280, 720);
        alice.page().reload();
        alice.isLive();
        assertThat(edit.inputValue()).isEqualTo("first, changed");
        alice.composer().focus();
        session.post(session.at("messages/1/reactions"), Map.of("emoji", "wow"));
        eventually(() -> first.locator(".reaction").count() == 2);
        assertThat(hasFocus(alice.composer())).isTrue();
        edit.press("Escape");
        eventually(() -> edit.count() == 0 && hasFocus(first.locator(".message-actions")));
        assertThat(first.locator(".body").innerText()).isEqualTo("first");
        alice.opensMenu(first).locator("a:text-is('Edit')").click();
        eventually(() -> edit.count() == 1 && edit.inputValue().equals("first, changed"));
        first.locator(".edit").getByText("Discard changes").click();
        eventually(() -> edit.count() == 0);
        alice.opensMenu(first).locator("a:text-is('Edit')").click();
        eventually(() -> edit.count() == 1 && edit.inputValue().equals("first"));
        edit.press("Escape");
        eventually(() -> edit.count() == 0);
        assertThat(session.page("rooms/lobby").select(".edit")).isEmpty();

        alice.composer().press("ArrowUp");
        Locator second = alice.page().locator("#m-2");
        eventually(() -> hasFocus(second.locator(".edit textarea")));
        second.locator(".edit textarea").fill("second, changed");
        second.locator(".edit .primary").click();
        alice.sees("second, changed");
        eventually(() -> second.locator(".edit").count() == 0 && hasFocus(alice.composer()));
    }

    @Test
    void the_length_of_a_text_is_shown_near_the_limit_and_days_are_named_anew_after_midnight() {
        Locator counter = alice.page().locator("#composer .counter");
        alice.composer().fill("x".repeat(1_799));
        alice.composer().press("End");
        alice.presses("y");
        alice.presses("z");
        eventually(() -> counter.innerText().equals("1,801 of 2,000"));
        alice.composer().fill("x".repeat(2_001));
        eventually(() -> counter.innerText().equals("2,001 of 2,000"));
        alice.composer().fill("short");
        eventually(() -> !counter.isVisible() && counter.textContent().isEmpty());

        alice.page().clock().install();
        alice.page().reload();
        alice.isLive();
        Locator day = alice.page().locator(".day time").last();
        assertThat(day.innerText()).isIn("Today", "Yesterday");
        day.evaluate("day => day.textContent = 'Some day'");
        // The time-outs of pending requests pass with the day.
        alice.expectsErrors("htmx:error: timeout");
        alice.page().clock().fastForward("25:00:00");
        eventually(() -> List.of("Today", "Yesterday").contains(day.innerText()));
    }

    @Test
    void names_are_offered_while_they_are_typed_and_nothing_typed_is_lost() {
        new ChatClient(chat.url(), "bonnie").signUp();
        ChatClient clyde = new ChatClient(chat.url(), "clyde").signUp();
        clyde.post("settings", Map.of("name", "Mr. Bo", "about", "", "zone", "UTC"));
        Locator names = alice.page().locator("#names button");
        alice.types("Ask @bo");
        eventually(() -> names.count() == 2);
        alice.presses("Tab");
        eventually(() -> alice.composer().inputValue().equals("Ask @bonnie "));
        alice.types("or @cl");
        eventually(() -> names.count() == 1);
        assertThat(names.innerText()).contains("Mr. Bo");
        alice.composer().press("ArrowDown");
        assertThat(hasFocus(names.first())).isTrue();
        alice.presses("Enter");
        eventually(() -> alice.composer().inputValue().equals("Ask @bonnie or @clyde "));
        assertThat(hasFocus(alice.composer())).isTrue();
        assertThat(names.count()).isZero();
        alice.types("now @b");
        eventually(() -> names.count() == 2);
        alice.presses("Escape");
        eventually(() -> names.count() == 0);
        alice.types("o!");
        alice.presses("Control+Home");
        alice.types("@al");
        eventually(() -> names.count() == 1);
        names.click();
        eventually(() -> alice.composer().inputValue().equals("@alice Ask @bonnie or @clyde now @bo!"));
        alice.presses("Enter");
        alice.sees("@alice Ask @bonnie or @clyde now @bo!");
        alice.presses("ArrowUp");
        Locator edit = alice.page().locator(".edit textarea");
        eventually(() -> edit.count() == 1 && hasFocus(edit));
        alice.presses("Control+End");
        alice.page().keyboard().type(" @cl");
        eventually(() -> names.count() == 1);
        alice.presses("Escape");
        eventually(() -> names.count() == 0);
        assertThat(edit.inputValue()).endsWith(" @cl");
        alice.page().keyboard().type("y");
        eventually(() -> names.count() == 1);
        alice.presses("Tab");
        eventually(() -> edit.inputValue().endsWith("@bo! @clyde "));
        assertThat(hasFocus(edit)).isTrue();
    }

    private void opens(String message) {
        alice.message(message).hover();
        alice.message(message).locator(".message-actions").click();
    }

    private static void fail(Route route, int status) {
        if (status == 0) {
            route.abort();
        } else {
            route.fulfill(new Route.FulfillOptions().setStatus(status).setHeaders(Map.of("HX-Reswap", "none")));
        }
    }

    private static boolean hasFocus(Locator element) {
        return (boolean) element.evaluate("element => element === document.activeElement");
    }
}
