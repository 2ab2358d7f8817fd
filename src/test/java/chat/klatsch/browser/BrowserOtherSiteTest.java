package chat.klatsch.browser;

import static chat.klatsch.fixture.Await.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import chat.klatsch.HostUser;
import chat.klatsch.KlatschPlugin;
import chat.klatsch.core.RoomId;
import chat.klatsch.fixture.BrowserUser;
import chat.klatsch.fixture.Browsers;
import chat.klatsch.fixture.Ports;
import chat.klatsch.fixture.TlsKeys;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.SameSiteAttribute;
import io.javalin.Javalin;
import java.net.URI;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Checks that a frame on a page of another site, which gets no cookie of the chat's own pages, has a session of its own. */
class BrowserOtherSiteTest {
    @RegisterExtension
    final Browsers browsers = new Browsers();

    @TempDir
    Path directory;

    @Test
    void a_frame_on_another_site_is_live_and_leaves_the_session_of_whole_pages_alone() throws Exception {
        KeyStore keys = TlsKeys.in(directory);
        int port = Ports.free();
        String url = "https://localhost:" + port;
        AtomicReference<String> link = new AtomicReference<>();
        Javalin shop = Javalin.create(config -> {
                    config.startup.showJavalinBanner = false;
                    config.routes.get(
                            "/",
                            context -> context.html("<!doctype html><title>Shop</title><link rel=icon href='data:,'>"
                                    + "<iframe title=Chat width=320 height=400 src='" + link.get() + "'></iframe>"));
                })
                .start("127.0.0.1", 0);
        String shopUrl = "http://127.0.0.1:" + shop.port();
        KlatschPlugin chat = new KlatschPlugin(settings -> settings.path("/chat")
                .dataDirectory(directory.resolve("data"))
                .drain(Duration.ZERO)
                .publicUrl(URI.create(url))
                .users(shopUrl + "/login")
                .frameAncestors(shopUrl));
        Javalin app = app(chat, keys, port);
        try {
            app.start();
            HostUser user = new HostUser("17", "anna", "Anna");
            BrowserUser anna = browsers.visitor(
                    url + "/chat/", "anna", new Browser.NewContextOptions().setIgnoreHTTPSErrors(true));
            anna.page().navigate(chat.people().signInUrl(user));
            anna.isLive();
            link.set(chat.people().signInUrl(user, RoomId.LOBBY));
            anna.page().navigate(shopUrl + "/");
            Locator composer = anna.page().frameLocator("iframe").locator("#composer [name=body]");
            composer.pressSequentially("From another site");
            composer.press("Enter");
            Locator sent = anna.page().frameLocator("iframe").locator("#messages .body");
            eventually(() -> sent.allTextContents().contains("From another site"));

            assertThat(anna.context().cookies().stream()
                            .filter(cookie -> cookie.name.equals("__Host-klatsch"))
                            .map((Cookie cookie) -> cookie.sameSite))
                    .containsExactlyInAnyOrder(SameSiteAttribute.LAX, SameSiteAttribute.NONE);
            anna.goes("rooms/lobby");
            anna.isLive();
            anna.sees("From another site");
        } finally {
            app.stop();
            shop.stop();
        }
    }

    private static Javalin app(KlatschPlugin chat, KeyStore keys, int port) {
        return Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.registerPlugin(chat);
            config.jetty.addConnector((server, http) -> {
                SslContextFactory.Server tls = new SslContextFactory.Server();
                tls.setKeyStore(keys);
                tls.setKeyStorePassword(TlsKeys.PASSWORD);
                http.addCustomizer(new SecureRequestCustomizer(false));
                ServerConnector connector = new ServerConnector(
                        server, new SslConnectionFactory(tls, "http/1.1"), new HttpConnectionFactory(http));
                connector.setPort(port);
                return connector;
            });
        });
    }
}
