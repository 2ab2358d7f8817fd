package chat.klatsch;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Gives each test people with a browser of their own, out of one Chromium for the whole run. A test in which a browser
 * complained on its console, unless it was to be expected, has failed.
 */
final class Browsers implements BeforeEachCallback, AfterTestExecutionCallback {
    private static final ExtensionContext.Namespace OWN = ExtensionContext.Namespace.create(Browsers.class);

    private final List<BrowserPerson> people = new ArrayList<>();
    private Browser browser;

    /** One for the whole run, or the reason why there is none. */
    private record Found(Chromium chromium, IllegalStateException missing) implements AutoCloseable {
        static Found search() {
            try {
                return new Found(new Chromium(), null);
            } catch (IllegalStateException missing) {
                System.err.println("BROWSER TESTS CANNOT RUN: " + missing + ", " + missing.getCause());
                return new Found(null, missing);
            }
        }

        @Override
        public void close() {
            if (chromium != null) {
                chromium.close();
            }
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        Found found = context.getRoot().getStore(OWN).computeIfAbsent(Found.class, key -> Found.search(), Found.class);
        if (found.missing() != null) {
            if (Boolean.parseBoolean(System.getenv("CI"))) {
                throw found.missing();
            }
            Assumptions.abort(found.missing().getMessage());
        }
        browser = found.chromium().browser();
    }

    @Override
    public void afterTestExecution(ExtensionContext context) {
        try {
            for (BrowserPerson person : people) {
                if (context.getExecutionException().isPresent()) {
                    System.err.println(person.describe());
                } else {
                    assertThat(person.complaints())
                            .as("%s's console", person.username())
                            .isEmpty();
                }
            }
        } finally {
            people.forEach(BrowserPerson::close);
        }
    }

    /** Somebody new, signed up and in the lobby. */
    BrowserPerson join(ChatServer chat, String username) {
        return join(chat.url(), username);
    }

    BrowserPerson join(String url, String username) {
        BrowserPerson person = visitor(url, username);
        person.takesOver(new ChatClient(url, username).signUp());
        return person;
    }

    /** Somebody with an empty browser. */
    BrowserPerson visitor(String url, String username) {
        return visitor(url, username, new Browser.NewContextOptions());
    }

    BrowserPerson visitor(String url, String username, Browser.NewContextOptions options) {
        BrowserPerson person = new BrowserPerson(browser.newContext(options.setBaseURL(url)), url, username);
        people.add(person);
        return person;
    }
}
