package chat.klatsch;

import static chat.klatsch.MessagesTest.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import chat.klatsch.Messages.Author;
import chat.klatsch.core.ChatException.Kind;
import chat.klatsch.core.RoomId;
import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.ChatExtension;
import chat.klatsch.fixture.Images;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PeopleTest {
    @RegisterExtension
    final ChatExtension chat = ChatExtension.withDefaults();

    private People people() {
        return chat.server().people();
    }

    @Test
    void people_are_banned_muted_and_signed_out() {
        ChatClient alice = chat.join("alice");
        ChatClient bob = chat.join("bob");
        people().mute(RoomId.LOBBY, "Bob", "enough for today");
        assertThat(bob.page("rooms/lobby").text()).contains("enough for today");
        people().unmute(RoomId.LOBBY, "bob");
        people().unmute(RoomId.LOBBY, "bob");
        bob.posts("back again");

        people().signOut("bob");
        people().signOut("nobody");
        assertThat(bob.closeCode()).isEqualTo(1008);
        bob.signIn().connect();
        people().ban("bob", "spam");
        assertThat(bob.closeCode()).isEqualTo(1008);
        assertThat(bob.postStatus("login", Map.of("login", "bob", "password", ChatClient.PASSWORD)))
                .isEqualTo(403);
        people().unban("bob");
        bob.signIn();
        assertThat(alice.page("admin/audit").text())
                .contains("The application muted", "The application banned", "The application unbanned", "spam");
    }

    @Test
    void a_deleted_person_leaves_the_messages_behind() {
        ChatClient alice = chat.join("alice");
        ChatClient bob = chat.join("bob");
        ChatClient room = bob.makes("Bob's", "open");
        alice.postStatus(room.at("join"), Map.of());
        long seq = bob.posts("remember me");
        people().delete("BOB");
        assertThat(bob.closeCode()).isEqualTo(1008);
        assertThat(people().find("bob")).isEmpty();
        ChatMessage message = chat.server().messages().find(RoomId.LOBBY, seq).orElseThrow();
        assertThat(message.author()).isEqualTo(new Person("", "", "Deleted user", false));
        assertThat(message.text()).isEqualTo("remember me");
        assertThat(alice.page(room.at("about")).text()).contains("@alice, owner");
    }

    @Test
    void an_export_has_all_that_a_person_has_written() throws IOException {
        ChatClient alice = chat.user("alice", "alice@example.org");
        ChatClient bob = chat.user("bob");
        alice.posts("in the lobby", "k");
        bob.postStatus("rooms/lobby/messages", Map.of("body", "not hers"));
        ChatClient direct = alice.chatsWith("bob");
        direct.postStatus(direct.at("messages"), Map.of("body", "privately \"quoted\" 🦊"));
        alice.postStatus("rooms/lobby/messages/2/reactions", Map.of("emoji", "like"));
        ChatClient left = bob.makes("Left", "open");
        alice.postStatus(left.at("join"), Map.of());
        alice.postStatus(left.at("messages"), Map.of("body", "before I left"));
        alice.postStatus(left.at("leave"), Map.of());
        people().avatar("alice", Images.file("still.png"));

        ByteArrayOutputStream out = new ByteArrayOutputStream();
        people().export("Alice", out);
        Map<String, byte[]> files = new HashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(out.toByteArray()))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), zip.readAllBytes());
            }
        }
        JsonNode account = json(files, "account.json");
        assertThat(account.get("username").asText()).isEqualTo("alice");
        assertThat(account.get("email").asText()).isEqualTo("alice@example.org");
        assertThat(account.get("operator").asBoolean()).isTrue();
        assertThat(files.get("avatar.jpg")).startsWith(0xff, 0xd8);
        assertThat(json(files, "rooms.json").findValuesAsText("name"))
                .contains("Lobby")
                .doesNotContain("Left");
        assertThat(json(files, "messages.json").findValuesAsText("body"))
                .containsExactlyInAnyOrder("in the lobby", "privately \"quoted\" 🦊", "before I left");
        assertThat(json(files, "messages.json").findValuesAsText("postedAt"))
                .allSatisfy(time -> assertThat(time).endsWith("Z"));
        assertThat(json(files, "reactions.json").findValuesAsText("emoji")).containsExactly("👍");
    }

    private static JsonNode json(Map<String, byte[]> files, String name) throws IOException {
        return new ObjectMapper().readTree(files.get(name));
    }

    @Test
    void an_export_that_fails_midway_has_no_end() {
        chat.user("alice").posts("hello");
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        AtomicBoolean failed = new AtomicBoolean();
        OutputStream failing = new OutputStream() {
            @Override
            public void write(int single) throws IOException {
                if (kept.size() == 300 && !failed.getAndSet(true)) {
                    throw new IOException("disk full");
                }
                kept.write(single);
            }
        };
        assertThatThrownBy(() -> people().export("alice", failing)).hasMessage("disk full");
        assertThat(kept.size()).isEqualTo(300);
    }

    @Test
    void refusals_say_why() {
        chat.user("alice");
        chat.user("bob");
        Stream.<ThrowingCallable>of(
                        () -> people().ban("nobody", ""),
                        () -> people().unban("nobody"),
                        () -> people().mute(RoomId.LOBBY, "nobody", ""),
                        () -> people().mute(new RoomId("nowhere"), "bob", ""),
                        () -> people().delete("nobody"),
                        () -> people().export("nobody", OutputStream.nullOutputStream()),
                        () -> people().avatar("nobody", new byte[0]))
                .forEach(call -> refused(call, Kind.NOT_FOUND));
        Stream.<ThrowingCallable>of(
                        () -> people().ban("alice", ""),
                        () -> people().ban("bob", "x".repeat(201)),
                        () -> people().delete("alice"))
                .forEach(call -> refused(call, Kind.INVALID));
        refused(() -> people().mute(RoomId.LOBBY, "alice", ""), Kind.FORBIDDEN);
        assertThatThrownBy(() -> people().provision(new HostUser("1", "carl", "Carl")))
                .isInstanceOf(IllegalStateException.class);
        People closed = people();
        chat.stop();
        Stream.<ThrowingCallable>of(
                        () -> closed.find("alice"),
                        () -> closed.online(),
                        () -> closed.signOut("alice"),
                        () -> chat.server().rooms().find("x"),
                        () -> chat.server().messages().post(RoomId.LOBBY, Author.bot("ci", "CI"), "x"))
                .forEach(call -> assertThatThrownBy(call)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessage("the chat is closed"));
    }

    @Test
    void whoever_has_a_page_open_is_online() {
        ChatClient alice = chat.user("alice").in("lobby");
        assertThat(people().online()).isEmpty();
        assertThat(people().online(RoomId.LOBBY)).isEmpty();
        alice.connect(alice.at("live?resume")).sends("{\"after\":0,\"listed\":\"\"}");
        await().until(() -> people().online().equals(people().online(RoomId.LOBBY))
                && people().online().size() == 1);
        assertThat(people().online(chat.server()
                        .rooms()
                        .create(ChatRoom.Kind.OPEN, "Empty")
                        .id()))
                .isEmpty();
        alice.close();
        await().until(() -> people().online().isEmpty());
    }
}
