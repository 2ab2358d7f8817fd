package chat.klatsch.browser;

import static org.assertj.core.api.Assertions.assertThat;

import chat.klatsch.fixture.BrowserUser;
import chat.klatsch.fixture.Browsers;
import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.ChatExtension;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Locator;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.PropertyResourceBundle;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A German with a phone. */
class BrowserLanguageTest {
    private static final int WIDTH = 390;

    /** The texts that people read or hear, one by one. */
    private static final String SHOWN = """
            () => [...document.querySelectorAll('body, body *')].flatMap(element => [
                ...[...element.childNodes].filter(node => node.nodeType == 3).map(node => node.data),
                ...['aria-label', 'title', 'placeholder', 'alt', 'data-copied', 'data-failed', 'data-unsent']
                    .map(name => element.getAttribute(name) ?? '')]).map(text => text.trim()).filter(text => text)
            """;

    private static final String RIGHT_EDGE = """
            () => Math.ceil(Math.max(...[...document.querySelectorAll(':is(main, aside, nav, [popover], .top-bar):not(#scroller) *')]
                .filter(each => each.checkVisibility() && !each.closest('.visually-hidden'))
                .map(each => each.getBoundingClientRect().right)))
            """;

    /** The words of English texts between their arguments, without those that are in a German text, too. */
    private static final Set<String> ENGLISH = new TreeSet<>();

    @RegisterExtension
    static final ChatExtension chat = ChatExtension.withDefaults();

    @RegisterExtension
    final Browsers browsers = new Browsers();

    @BeforeAll
    static void read() throws IOException {
        ENGLISH.addAll(words("texts.properties"));
        ENGLISH.removeAll(words("texts_de.properties"));
    }

    private static Set<String> words(String bundle) throws IOException {
        Set<String> words = new TreeSet<>();
        try (var reader = new InputStreamReader(
                chat.klatsch.ChatServer.class.getResourceAsStream("/chat/klatsch/" + bundle), StandardCharsets.UTF_8)) {
            PropertyResourceBundle texts = new PropertyResourceBundle(reader);
            for (String key : texts.keySet()) {
                Stream.of(texts.getString(key).replace("''", "'").split("\\{[^{}]*(\\{\\d}[^{}]*)*}|[.…]$"))
                        .map(String::strip)
                        .filter(part -> part.length() > 2 && !key.startsWith("day") && !key.startsWith("time"))
                        .forEach(words::add);
            }
        }
        return words;
    }

    @Test
    void every_page_speaks_german_and_fits_a_phone() {
        BrowserUser anna = browsers.visitor(
                chat.url(), "anna", new NewContextOptions().setLocale("de-DE").setViewportSize(WIDTH, 844));
        anna.expectsErrors("status of 4(04|22)");
        for (String path :
                List.of("signup", "login", "password/forgot?done=forgot", "password/reset?token=x", "nowhere")) {
            anna.goes(path);
            speaksGerman(anna, path);
        }
        ChatClient session = chat.user("anna");
        anna.takesOver(session);
        ChatClient bob = chat.user("bob");
        ChatClient room = session.makes("Garten", "closed");
        room.post(room.at("invitation"), Map.of());
        session.post(room.at("members"), Map.of("username", "bob"));
        long first = bob.posts("Moin @anna");
        session.post("rooms/lobby/messages/" + first + "/reactions", Map.of("emoji", "like"));
        session.posts("Moin");
        session.post("direct/bob", Map.of());
        for (String path : List.of(
                "rooms/" + room.room(),
                "rooms?done=left&of=Garten",
                room.at("about?done=saved"),
                room.at("delete"),
                room.at("invitation"),
                room.at("members/remove?username=bob"),
                "rooms/lobby/about",
                "search?q=moin",
                "search?q=&since=x",
                "mentions",
                "people",
                "find?to=lob",
                "@bob",
                "@anna",
                "welcome",
                "settings",
                "settings/account",
                "settings/sessions",
                "admin/users",
                "admin/users/ban?username=bob",
                "admin/users/appoint?username=bob",
                "admin/rooms",
                "admin/messages",
                "admin/audit",
                "admin/chat")) {
            anna.goes(path);
            speaksGerman(anna, path);
        }
    }

    @Test
    void a_conversation_is_german_whatever_others_speak() {
        BrowserUser carl = browsers.visitor(
                chat.url(), "carl", new NewContextOptions().setLocale("de-DE").setViewportSize(WIDTH, 844));
        carl.takesOver(chat.user("carl"));
        BrowserUser dean = browsers.join(chat, "dean");
        dean.says("How are you?");
        Locator message = carl.page().locator(".message").last();
        carl.sees("How are you?");
        assertThat(message.locator(".message-actions").getAttribute("aria-label"))
                .isEqualTo("Weitere Aktionen");
        assertThat(dean.page()
                        .locator(".message")
                        .last()
                        .locator(".message-actions")
                        .getAttribute("aria-label"))
                .isEqualTo("More actions");
        carl.says("Gut!");
        dean.sees("Gut!");
        message.locator(".message-actions").focus();
        carl.presses("Enter");
        carl.page().locator("#menu .item").first().waitFor();
        speaksGerman(carl, "menu");
        carl.page().locator("#menu .more-emoji").click();
        carl.page().locator("#emoji button").first().waitFor();
        assertThat(shown(carl)).contains("Emojis suchen");
        carl.presses("Escape");
        carl.goes("rooms/lobby");
        carl.isLive();
        carl.composer().press("ArrowUp");
        carl.page().locator(".edit").waitFor();
        speaksGerman(carl, "edit");
    }

    private static void speaksGerman(BrowserUser user, String page) {
        assertThat(user.page().locator("html").getAttribute("lang")).as(page).isEqualTo("de");
        assertThat(shown(user))
                .as(page)
                .isNotEmpty()
                .allSatisfy(text -> assertThat(ENGLISH)
                        .noneMatch(english -> text.equals(english) || english.contains(" ") && text.contains(english)));
        assertThat((Integer) user.page().evaluate(RIGHT_EDGE)).as(page).isLessThanOrEqualTo(WIDTH);
    }

    @SuppressWarnings("unchecked")
    private static List<String> shown(BrowserUser user) {
        return (List<String>) user.page().evaluate(SHOWN);
    }
}
