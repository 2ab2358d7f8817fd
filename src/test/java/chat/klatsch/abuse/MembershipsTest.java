package chat.klatsch.abuse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.klatsch.core.Limit;
import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.ChatExtension;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Abuse of rooms, rights and memberships. */
class MembershipsTest {
    @RegisterExtension
    final ChatExtension chat = ChatExtension.withDefaults();

    @Test
    void a51_ids_of_others_are_not_found_and_further_fields_are_ignored() {
        ChatClient operator = chat.user("alice");
        ChatClient owner = chat.user("bob");
        ChatClient closed = owner.makes("Closed", "closed");
        ChatClient open = owner.makes("Open", "open");
        long seq = closed.posts("A secret");
        long inLobby = owner.posts("Everybody's");
        long visible = open.posts("Hello");

        Map<String, String> more = Map.of(
                "user",
                "1",
                "userId",
                "1",
                "owner",
                "mallory",
                "ownerId",
                "3",
                "author",
                "bob",
                "operator",
                "true",
                "role",
                "owner",
                "room",
                closed.room(),
                "id",
                closed.room());
        ChatClient mallory = chat.visitor("mallory");
        assertThat(mallory.postStatus("signup", with(more, "username", "mallory", "password", ChatClient.PASSWORD)))
                .isEqualTo(303);
        mallory.post(open.at("join"), Map.of());
        for (String action : List.of("edit", "delete")) {
            assertThat(mallory.postStatus(
                            "rooms/lobby/messages/" + inLobby + "/" + action, with(more, "body", "forged")))
                    .as(action)
                    .isEqualTo(403);
        }
        for (String path : List.of("", "/about", "/messages", "/messages/" + seq, "/messages/" + seq + "/edit")) {
            assertThat(mallory.getStatus("rooms/" + closed.room() + path)).isEqualTo(404);
        }
        for (String path : List.of(
                "about",
                "members",
                "members/remove",
                "transfer",
                "invitation",
                "delete",
                "mute",
                "decline",
                "join",
                "messages",
                "messages/" + seq + "/edit",
                "messages/" + seq + "/delete",
                "draft")) {
            assertThat(mallory.postStatus(closed.at(path), with(more, "username", "mallory", "body", "x", "seq", "1")))
                    .as(path)
                    .isEqualTo(404);
        }
        for (String path : List.of(
                "about",
                "members",
                "members/remove",
                "transfer",
                "invitation",
                "invitation/revoke",
                "delete",
                "mute",
                "messages/" + visible + "/edit",
                "messages/" + visible + "/delete")) {
            assertThat(mallory.postStatus(
                            open.at(path), with(more, "username", "mallory", "body", "x", "name", "x", "kind", "open")))
                    .as(path)
                    .isEqualTo(403);
        }
        assertThat(mallory.postStatus("settings", with(more, "displayName", "Mallory", "username", "alice")))
                .isEqualTo(303);
        mallory.in(open.room()).post(open.at("messages"), with(more, "body", "As bob?"));

        for (String path : List.of("admin", "admin/users", "admin/audit", "admin/rooms?room=lobby")) {
            assertThat(mallory.getStatus(path)).isEqualTo(404);
        }
        assertThat(mallory.postStatus("admin/users/appoint", with(more, "username", "mallory")))
                .isEqualTo(404);
        assertThat(operator.getStatus("admin/users")).isEqualTo(200);
        assertThat(ChatClient.messages(open.get("rooms/" + open.room()).body()))
                .extracting(ChatClient.Seen::author)
                .containsExactly("bob", "mallory");
        assertThat(closed.page("rooms/" + closed.room()).select(".body").eachText())
                .containsExactly("A secret");
    }

    @Test
    void a52_joining_and_leaving_over_and_over_costs_the_members_of_a_room_a_frame_a_second() {
        chat.configure(config -> config.limit(Limit.ROOM_CHANGES_PER_MINUTE, 0));
        ChatClient room = chat.user("alice").makes("Revolving door", "open").connect();
        ChatClient mallory = chat.user("mallory");
        connectionsComeAndGo(mallory);
        int before = room.frames().size();
        Instant start = Instant.now();
        for (int round = 0; round < 100; round++) {
            mallory.post(room.at("join"), Map.of());
            mallory.post(room.at("leave"), Map.of());
        }
        mallory.post(room.at("join"), Map.of());
        await().until(() -> members(room).contains("mallory"));
        long seconds = Duration.between(start, Instant.now()).toSeconds() + 2;
        assertThat(room.frames().stream()
                        .skip(before)
                        .filter(frame -> frame.contains("id=\"members\"") || frame.contains("id=\"presence\"")))
                .hasSizeLessThanOrEqualTo((int) seconds);
    }

    private void connectionsComeAndGo(ChatClient mallory) {
        ChatClient watcher = chat.join("watcher");
        await().until(() -> watcher.online() == 1);
        long before = presenceFrames(watcher);
        Instant start = Instant.now();
        for (int round = 0; round < 30; round++) {
            await().until(() -> mallory.connects("rooms/lobby/live") == 101);
            mallory.close();
        }
        await().until(() -> watcher.online() == 1);
        long seconds = Duration.between(start, Instant.now()).toSeconds();
        assertThat(presenceFrames(watcher) - before).isLessThanOrEqualTo(2 * seconds + 4);
    }

    private static long presenceFrames(ChatClient user) {
        return user.frames().stream()
                .filter(frame -> frame.contains("id=\"presence\""))
                .count();
    }

    private static String members(ChatClient user) {
        return user.frames().stream()
                .map(frame -> Jsoup.parse(frame).select("#members"))
                .filter(found -> !found.isEmpty())
                .reduce((one, next) -> next)
                .map(org.jsoup.select.Elements::text)
                .orElse("");
    }

    private static Map<String, String> with(Map<String, String> fields, String... more) {
        Map<String, String> all = new HashMap<>(fields);
        for (int i = 0; i < more.length; i += 2) {
            all.put(more[i], more[i + 1]);
        }
        return all;
    }
}
