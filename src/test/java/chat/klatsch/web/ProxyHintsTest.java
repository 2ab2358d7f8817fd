package chat.klatsch.web;

import static org.assertj.core.api.Assertions.assertThat;

import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.ChatExtension;
import chat.klatsch.fixture.Log;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ProxyHintsTest {
    @RegisterExtension
    final ChatExtension chat = ChatExtension.withDefaults();

    @Test
    void a_proxy_that_no_setting_names_is_warned_of_once() {
        assertThat(warnings("203.0.113.7", "https"))
                .hasSize(2)
                .anyMatch(line -> line.contains("set --trusted-proxies=127.0.0.1"))
                .anyMatch(line -> line.contains("Set --public-url=https://"));
        assertThat(warnings("203.0.113.8", "https")).isEmpty();
    }

    @Test
    void a_proxy_that_the_settings_know_is_not() {
        chat.configure(config -> config.trustedProxies("127.0.0.1").publicUrl(URI.create("https://chat.example.org")));
        assertThat(warnings("203.0.113.7", "https")).isEmpty();
    }

    private List<String> warnings(String client, String protocol) {
        ChatClient visitor = chat.visitor();
        try (Log log = new Log()) {
            for (int i = 0; i < 2; i++) {
                visitor.get("healthz", "X-Forwarded-For", client, "X-Forwarded-Proto", protocol);
            }
            return log.problems();
        }
    }
}
