package chat.klatsch;

import static chat.klatsch.Waits.eventually;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.util.List;

/** What somebody has before them who looks at a room in a browser. */
class RoomScreen {
    private final Page page;

    RoomScreen(Page page) {
        this.page = page;
    }

    Page page() {
        return page;
    }

    void sees(String body) {
        eventually(() -> bodies().contains(body));
    }

    void seesExactly(List<String> bodies) {
        eventually(() -> bodies().equals(bodies));
    }

    /** Waits until no request is under way that htmx has made for a form. */
    void isIdle() {
        eventually(() -> page.locator(".htmx-request").count() == 0);
    }

    void seesAnEmptyComposerInFocus() {
        eventually(() -> composer().inputValue().isEmpty()
                && (boolean) composer().evaluate("field => field === document.activeElement"));
    }

    List<String> bodies() {
        return page.locator("#messages .body").allTextContents();
    }

    /** The text field that is being written in. */
    Locator composer() {
        return page.locator("#composer [name=body]");
    }

    Locator sendButton() {
        return page.locator("#composer button");
    }

    /** The line that says that this person is writing. */
    Locator typist(String username) {
        return page.locator("#typing [data-author='%s']".formatted(username));
    }

    /** The forms whose texts have not arrived, as far as this browser knows. */
    Locator unsent() {
        return page.locator("form.composer.sent");
    }

    Locator message(String body) {
        return page.locator("#messages .message")
                .filter(new Locator.FilterOptions()
                        .setHas(page.getByText(body, new Page.GetByTextOptions().setExact(true))));
    }

    int online() {
        return Integer.parseInt(page.locator("#presence").getAttribute("data-online"));
    }

    /** All at one moment: somebody may go while they are read one by one. */
    @SuppressWarnings("unchecked")
    List<String> members() {
        return (List<String>)
                page.locator("#members .member").evaluateAll("members => members.map(member => member.dataset.author)");
    }

    void waitForMember(String username) {
        page.locator("#members [data-author='%s']".formatted(username))
                .waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.ATTACHED));
    }

    /** Turns the mouse wheel over the messages. */
    void scrolls(int pixels) {
        page.locator("#scroller").hover();
        page.mouse().wheel(0, pixels);
    }

    double top(Locator element) {
        return element.boundingBox().y;
    }

    /** Whether all of a message is within what is shown of the conversation. */
    boolean isInView(Locator message) {
        BoundingBox window = page.locator("#scroller").boundingBox();
        BoundingBox box = message.boundingBox();
        return box.y >= window.y - 1 && box.y + box.height <= window.y + window.height + 1;
    }

    String style(Locator element, String property) {
        return (String)
                element.evaluate("(element, name) => getComputedStyle(element).getPropertyValue(name)", property);
    }
}
