package chat.klatsch.abuse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.ChatExtension;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Abuse of rights: numbers and names of others in addresses and fields, and coming and going without end. */
class RightsTest {
    @RegisterExtension
    static final ChatExtension chat = ChatExtension.with(config -> config.passwordMemory(1));

    private final ChatClient alice = chat.user("alice");
    private final ChatClient eve = chat.user("eve");

    @Test
    void a51_nobody_changes_what_belongs_to_others_by_naming_it() {
        long seq = alice.posts("hers");
        for (String action : List.of("edit", "delete")) {
            assertThat(eve.postStatus("rooms/lobby/messages/" + seq + "/" + action, Map.of("body", "forged")))
                    .as(action)
                    .isIn(403, 404);
        }
        assertThat(eve.getStatus("rooms/lobby/messages/" + seq + "/edit")).isIn(403, 404);
        ChatClient room = alice.makes("Hers", "open");
        eve.post(room.at("join"), Map.of());
        for (String action : List.of(
                "about",
                "members",
                "members/remove",
                "transfer",
                "invitation",
                "invitation/revoke",
                "delete",
                "mute")) {
            assertThat(eve.postStatus(room.at(action), Map.of("username", "alice", "name", "Forged", "kind", "open")))
                    .as(action)
                    .isIn(403, 404);
        }
        for (String path : List.of("admin", "admin/users", "admin/audit", "admin/rooms?room=lobby")) {
            assertThat(eve.getStatus(path)).isEqualTo(404);
        }
        assertThat(eve.postStatus("admin/users/appoint", Map.of("username", "eve")))
                .isEqualTo(404);
        assertThat(alice.page("rooms/lobby").select(".body").text())
                .contains("hers")
                .doesNotContain("forged");
        assertThat(alice.get("rooms").body()).contains("Hers").doesNotContain("Forged");
    }

    @Test
    void a51_fields_that_a_form_does_not_have_are_ignored() {
        Map<String, String> more = Map.of(
                "id",
                "1",
                "user",
                "1",
                "user_id",
                "1",
                "author",
                "alice",
                "operator",
                "true",
                "role",
                "operator",
                "owner",
                "alice",
                "seq",
                "1",
                "verified",
                "true");
        ChatClient mallory = chat.visitor("mallory");
        assertThat(mallory.postStatus("signup", with(more, "username", "mallory", "password", ChatClient.PASSWORD)))
                .isEqualTo(303);
        assertThat(mallory.postStatus(
                        "settings", with(more, "name", "Mallory", "about", "", "zone", "UTC", "username", "alice")))
                .isEqualTo(303);
        assertThat(mallory.postStatus("rooms/lobby/messages", with(more, "body", "from mallory")))
                .isEqualTo(303);
        assertThat(mallory.getStatus("admin")).isEqualTo(404);
        assertThat(mallory.get("@mallory").body()).contains("Mallory");
        assertThat(ChatClient.messages(alice.get("rooms/lobby").body()))
                .filteredOn(message -> message.body().equals("from mallory"))
                .extracting(ChatClient.Seen::author)
                .containsExactly("mallory");
        assertThat(alice.get("@alice").body()).doesNotContain("Mallory");
    }

    @Test
    void a52_coming_and_going_without_end_is_told_to_others_a_few_times_only() {
        ChatClient watcher = chat.join("watcher");
        await().until(() -> watcher.online() == 1);
        long before = presenceFrames(watcher);
        long start = System.nanoTime();
        for (int i = 0; i < 30; i++) {
            await().until(() -> eve.connects("rooms/lobby/live") == 101);
            eve.close();
        }
        await().until(() -> watcher.online() == 1);
        long seconds = (System.nanoTime() - start) / 1_000_000_000;
        assertThat(presenceFrames(watcher) - before).isLessThanOrEqualTo(2 * seconds + 4);
    }

    private static long presenceFrames(ChatClient user) {
        return user.frames().stream()
                .filter(frame -> frame.contains("id=\"presence\""))
                .count();
    }

    private static Map<String, String> with(Map<String, String> more, String... fields) {
        Map<String, String> form = new HashMap<>(more);
        for (int i = 0; i < fields.length; i += 2) {
            form.put(fields[i], fields[i + 1]);
        }
        return form;
    }
}
