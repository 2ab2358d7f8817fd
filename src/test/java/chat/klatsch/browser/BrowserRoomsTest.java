package chat.klatsch.browser;

import static chat.klatsch.fixture.Await.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import chat.klatsch.ChatServer;
import chat.klatsch.fixture.BrowserUser;
import chat.klatsch.fixture.Browsers;
import chat.klatsch.fixture.ChatClient;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class BrowserRoomsTest {
    @RegisterExtension
    final Browsers browsers = new Browsers();

    @Test
    void who_looks_at_a_room_sees_its_new_name_and_is_led_away_when_put_out(@TempDir Path directory) {
        try (ChatServer chat = ChatServer.start(config -> config.port(0).dataDirectory(directory))) {
            ChatClient room = new ChatClient(chat.url(), "alice").signUp().makes("Garden", "closed");
            BrowserUser bob = browsers.join(chat, "bob");
            room.post(room.at("members"), Map.of("username", "bob"));
            bob.goes("rooms/" + room.room());
            bob.isLive();
            assertThat(bob.page().locator("#members .away").textContent()).contains("alice");
            assertThat(bob.page().locator("#label .lock").count()).isEqualTo(1);

            room.post(room.at("about"), Map.of("name", "Picnic", "kind", "open"));
            eventually(() -> bob.page().locator("#name").textContent().equals("Picnic")
                    && bob.page().locator("#label").innerText().equals("# Picnic"));

            bob.expectsComplaints("status of 404");
            room.post(room.at("members/remove"), Map.of("username", "bob"));
            bob.page().waitForURL("**/rooms/lobby?out");
            assertThat(bob.page().locator("#notice").textContent()).contains("no longer a member of that room");
            bob.isLive();
        }
    }
}
