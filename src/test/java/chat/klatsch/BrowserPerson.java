package chat.klatsch;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.Cookie;
import java.util.List;

/** A person with a browser, so that tests read like a conversation. Used by the test's thread alone, as Playwright wants it. */
final class BrowserPerson extends RoomScreen {
    private final BrowserContext context;
    private final String url;
    private final String username;
    private final Complaints complaints;

    BrowserPerson(BrowserContext context, String url, String username) {
        this(context, url, username, new Complaints(context));
        context.setDefaultTimeout(Waits.PATIENCE.toMillis());
    }

    private BrowserPerson(BrowserContext context, String url, String username, Complaints complaints) {
        super(context.newPage());
        this.context = context;
        this.url = url;
        this.username = username;
        this.complaints = complaints;
    }

    /** Goes on in the browser as somebody who has signed in without one. */
    void takesOver(ChatClient signedIn) {
        String token = signedIn.cookie("klatsch").orElseThrow();
        context.addCookies(List.of(new Cookie("klatsch", token).setUrl(url)));
        goes("rooms/lobby");
        isLive();
    }

    BrowserPerson signUp() {
        goes("signup");
        fillsIn("username");
        clicks("Skip this");
        isLive();
        return this;
    }

    BrowserPerson signIn() {
        goes("login");
        fillsIn("login");
        isLive();
        return this;
    }

    /** Fills in the form to sign up or in, and sends it. */
    void fillsIn(String nameField) {
        page().locator("[name=%s]".formatted(nameField)).fill(username);
        page().locator("[name=password]").fill(ChatClient.PASSWORD);
        page().locator("main button").click();
    }

    /** The same person, looking at the lobby in another tab. */
    BrowserPerson opensAnotherTab() {
        BrowserPerson tab = new BrowserPerson(context, url, username, complaints);
        tab.goes("rooms/lobby");
        tab.isLive();
        return tab;
    }

    Response goes(String path) {
        return page().navigate(path);
    }

    /** Waits until the room has let this person in. */
    void isLive() {
        waitForMember(username);
    }

    void says(String text) {
        types(text);
        presses("Enter");
    }

    void types(String text) {
        composer().pressSequentially(text);
    }

    void presses(String key) {
        page().keyboard().press(key);
    }

    void clicks(String button) {
        page().getByText(button, new Page.GetByTextOptions().setExact(true))
                .first()
                .click();
    }

    /** Presses the button of the first message that has not arrived. */
    void sendsAgain() {
        unsent().first().locator("button.primary").click();
    }

    BrowserContext context() {
        return context;
    }

    String username() {
        return username;
    }

    /** Complaints that contain this are part of the story. */
    void expectsComplaints(String pattern) {
        complaints.expect(pattern);
    }

    List<String> complaints() {
        return complaints.unexpected();
    }

    String describe() {
        return "%s at %s%nconsole: %s%nbody: %s"
                .formatted(
                        username,
                        page().url(),
                        complaints(),
                        page().isClosed() ? "closed" : page().locator("body").innerHTML());
    }

    void close() {
        context.close();
    }
}
