package chat.klatsch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.TlsKeys;
import io.javalin.Javalin;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A chat in an app that speaks TLS itself. */
class KlatschPluginTlsTest {
    @TempDir
    Path directory;

    @Test
    void the_chat_is_live_over_the_apps_own_connector() throws Exception {
        KeyStore keys = TlsKeys.in(directory);
        KlatschPlugin chat = new KlatschPlugin(settings -> settings.path("/chat")
                .dataDirectory(directory.resolve("data"))
                .drain(Duration.ZERO)
                .users(
                        request -> Optional.ofNullable(request.getHeader("X-User"))
                                .filter(name -> request.isSecure())
                                .map(name -> new HostUser(name, name, name)),
                        "/login"));
        Javalin app = Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.registerPlugin(chat);
            // An app may replace the server's handlers, also after it has registered the chat.
            config.jetty.modifyServer(server -> server.setHandler(new org.eclipse.jetty.server.Handler.Sequence()));
            config.jetty.addConnector((server, http) -> {
                SslContextFactory.Server tls = new SslContextFactory.Server();
                tls.setKeyStore(keys);
                tls.setKeyStorePassword(TlsKeys.PASSWORD);
                http.addCustomizer(new SecureRequestCustomizer(false));
                return new ServerConnector(
                        server, new SslConnectionFactory(tls, "http/1.1"), new HttpConnectionFactory(http));
            });
        });
        SSLContext standard = SSLContext.getDefault();
        SSLContext.setDefault(trusting(keys));
        try {
            app.start();
            String url = "https://localhost:" + app.port() + "/chat/";
            ChatClient anna = new ChatClient(url, "anna");
            ChatClient ben = new ChatClient(url, "ben");
            assertThat(anna.get("rooms/lobby", "X-User", "anna").body()).contains("@anna");
            anna.connect("rooms/lobby/live", "X-User", "anna");
            ben.connect("rooms/lobby/live", "X-User", "ben");
            await().until(() -> ben.online() == 2);
            String text = "word ".repeat(390).strip();
            for (int number = 0; number < 5; number++) {
                assertThat(anna.postStatus(
                                "rooms/lobby/messages",
                                Map.of("body", text + number, "key", "k" + number),
                                "X-User",
                                "anna"))
                        .isEqualTo(303);
                ben.sees(text + number);
                anna.sees(text + number);
            }
            app.stop();
            assertThat(ben.closeCode()).isEqualTo(1012);
        } finally {
            app.stop();
            SSLContext.setDefault(standard);
        }
    }

    private static SSLContext trusting(KeyStore keys) throws GeneralSecurityException {
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(keys);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
