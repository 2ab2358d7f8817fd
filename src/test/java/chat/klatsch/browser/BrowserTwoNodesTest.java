package chat.klatsch.browser;

import static chat.klatsch.fixture.Await.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import chat.klatsch.fixture.BrowserUser;
import chat.klatsch.fixture.Browsers;
import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.Postgres;
import chat.klatsch.fixture.TwoNodes;
import com.microsoft.playwright.Locator;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests what an open page on one node shows of new names and deletions on another. */
class BrowserTwoNodesTest {
    private static final Duration SOON = Duration.ofSeconds(2);

    @RegisterExtension
    static final Postgres postgres = new Postgres();

    @RegisterExtension
    final Browsers browsers = new Browsers();

    private final TwoNodes nodes = new TwoNodes(postgres, config -> {});
    private ChatClient alice;
    private BrowserUser bob;

    /** Connects Alice to one node, and Bob's browser to the other. */
    @BeforeEach
    void meet() {
        // The first account is the operator, who cannot be deleted.
        new ChatClient(nodes.one().url(), "operator").signUp();
        alice = ChatClient.join(nodes.one(), "alice");
        bob = browsers.join(nodes.other().url(), "bob");
        eventually(() -> bob.online() == 2);
    }

    @AfterEach
    void part() {
        alice.close();
        nodes.close();
    }

    @Test
    void a_new_name_of_a_person_reaches_everything_that_shows_it() {
        long asked = alice.posts("Who is there?");
        alice.post("rooms/lobby/messages", Map.of("body", "Nobody", "replyTo", Long.toString(asked)));
        ChatClient chat = alice.chatsWith("bob");
        chat.posts("Psst");
        bob.sees("Nobody");
        replies(asked);
        bob.composer().fill("half a message");

        renames("Ann");
        List.of(".message .name b", ".quote b", ".replying b", "#members [data-author=alice] a", ".chats .name")
                .forEach(shown -> soon(
                        shown,
                        () -> bob.page().locator(shown).first().innerText().equals("Ann")));
        alice.sends("{\"typing\":true}");
        soon("typing", () -> bob.typist("alice").innerText().contains("Ann is typing"));
        assertThat(bob.composer().inputValue()).isEqualTo("half a message");
        assertThat(bob.page().locator("[data-user]").allInnerTexts()).doesNotContain("alice");
        alice.sends("{\"body\":\"Still me\",\"key\":\"7\"}");
        bob.sees("Still me");
        bob.page().locator(".chats a").click();
        bob.sees("Psst");
        bob.isLive();
        ChatClient hers = chat.tab().connect();

        renames("Anna B.");
        soon("header", () -> bob.page().locator("h1").innerText().equals("Anna B."));
        soon("title", () -> bob.page().title().endsWith("Anna B. · Klatsch"));
        assertThat(alice.postStatus("settings/delete", Map.of("password", ChatClient.PASSWORD)))
                .isEqualTo(303);
        soon("deleted", () -> bob.page().locator("h1").innerText().equals("Deleted user"));
        soon("deleted", () -> !bob.page().locator("#messages").innerText().contains("@alice"));
        hers.close();
    }

    @Test
    void a_new_name_of_a_room_reaches_its_members_wherever_they_are() {
        ChatClient room = alice.makes("Kitchen", "closed");
        room.admits(new ChatClient(nodes.other().url(), "bob").signIn());
        Locator item = bob.page().locator("#r-" + room.room());
        soon("added", () -> item.innerText().contains("Kitchen"));
        room.post(room.at("about"), Map.of("name", "Pantry", "kind", "closed"));
        soon("list", () -> item.innerText().contains("Pantry"));
        item.locator("a").click();
        bob.page().waitForURL("**/rooms/" + room.room());
        bob.isLive();
        room.post(room.at("about"), Map.of("name", "Cellar", "kind", "open"));
        soon("header", () -> bob.page().locator("h1").innerText().equals("Cellar"));
        soon("title", () -> bob.page().title().equals("Cellar · Klatsch"));
        soon("kind", () -> bob.page().locator("#label svg").count() == 0);
        room.posts("one");
        soon("title with a count or read", () -> bob.page().title().endsWith("Cellar · Klatsch"));
    }

    @Test
    void a_deleted_message_is_gone_from_counts_replies_and_forms() {
        ChatClient room = alice.makes("Kitchen", "closed");
        room.admits(new ChatClient(nodes.other().url(), "bob").signIn());
        long first = room.posts("one");
        long second = room.posts("two, @bob");
        Locator item = bob.page().locator("#r-" + room.room());
        soon("counts", () -> item.textContent().contains("2 unread"));
        soon("mentions", () -> item.innerText().contains("@1"));
        room.post(room.at("messages/" + second + "/edit"), Map.of("body", "two"));
        soon("no mention", () -> !item.innerText().contains("@"));
        room.post(room.at("messages/" + first + "/delete"), Map.of());
        soon("count", () -> item.textContent().contains("1 unread"));
        soon("title", () -> bob.page().title().startsWith("(1) "));
        room.post(room.at("messages/" + second + "/delete"), Map.of());
        soon("no count", () -> !item.textContent().contains("unread"));
        soon("title", () -> bob.page().title().equals("Lobby · Klatsch"));

        long asked = alice.posts("the secret");
        bob.sees("the secret");
        replies(asked);
        bob.composer().fill("half a reply");
        bob.opensMenu(bob.message("the secret"));
        alice.post("rooms/lobby/messages/" + asked + "/delete", Map.of());
        soon("composer", () -> bob.page().locator(".replying q").innerText().equals("This message was deleted."));
        soon("menu", () -> bob.page().locator("#menu").innerText().equals("This message was deleted."));
        assertThat(bob.page().content()).doesNotContain("the secret");
        bob.presses("Escape");
        assertThat(bob.composer().inputValue()).isEqualTo("half a reply");
        bob.composer().press("Enter");
        bob.sees("half a reply");
        assertThat(bob.message("half a reply").locator(".quote").count()).isZero();

        // The author's own form on another node.
        bob.opensMenu(bob.message("half a reply")).getByText("Edit").click();
        bob.page().locator(".edit textarea").waitFor();
        new ChatClient(nodes.one().url(), "operator")
                .signIn()
                .post("rooms/lobby/messages/" + (asked + 1) + "/delete", Map.of());
        soon(
                "form",
                () -> bob.page().locator(".edit").count() == 0
                        && bob.page().locator("#m-" + (asked + 1) + " .deleted").isVisible());
    }

    private void replies(long seq) {
        bob.opensMenu(bob.page().locator("#m-" + seq)).getByText("Reply").click();
        bob.page().locator(".replying").waitFor();
    }

    private void renames(String name) {
        assertThat(alice.postStatus("settings", Map.of("name", name, "about", "", "zone", "UTC")))
                .isEqualTo(303);
    }

    private static void soon(String what, Callable<Boolean> condition) {
        try {
            eventually(SOON, condition);
        } catch (org.awaitility.core.ConditionTimeoutException e) {
            throw new AssertionError("not within two seconds: " + what, e);
        }
    }
}
