package chat.klatsch;

import static chat.klatsch.MessagesTest.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import chat.klatsch.ChatRoom.Kind;
import chat.klatsch.Messages.Author;
import chat.klatsch.core.ChatException;
import chat.klatsch.core.RoomId;
import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.ChatExtension;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RoomsTest {
    @RegisterExtension
    static final ChatExtension chat = ChatExtension.withDefaults();

    private final ChatClient alice = chat.user("alice");
    private final ChatClient bob = chat.user("bob");
    private final Rooms rooms = chat.server().rooms();

    @Test
    void a_room_of_the_application_is_used_like_any_other() {
        ChatRoom created = rooms.create(Kind.OPEN, "Order 17");
        assertThat(created.members()).isZero();
        rooms.add(created.id(), "Alice");
        rooms.add(created.id(), "alice");
        rooms.add(created.id(), "bob");
        assertThat(rooms.members(created.id(), "", 10)).extracting(Person::id).containsExactly("alice", "bob");
        assertThat(rooms.members(created.id(), "alice", 1))
                .extracting(Person::id)
                .containsExactly("bob");
        assertThat(rooms.of("bob"))
                .extracting(ChatRoom::name)
                .startsWith("Lobby")
                .contains("Order 17");

        ChatClient page = alice.in(created.id().value()).connect();
        rooms.rename(created.id(), "Order 18");
        await().until(() -> page.frames().stream().anyMatch(frame -> frame.contains("Order 18")));
        page.posts("hello");
        assertThat(rooms.find(created.id()).orElseThrow()).satisfies(room -> {
            assertThat(room.name()).isEqualTo("Order 18");
            assertThat(room.members()).isEqualTo(2);
            assertThat(room.lastSeq()).isEqualTo(1);
            assertThat(room.kind()).isEqualTo(Kind.OPEN);
        });
        assertThat(alice.page(page.at("about")).text()).contains("@bob").doesNotContain("owner");

        rooms.remove(created.id(), "bob");
        rooms.remove(created.id(), "bob");
        assertThat(bob.postStatus(page.at("join"), Map.of())).isEqualTo(403);
        rooms.close(created.id());
        rooms.close(created.id());
        assertThat(rooms.find(created.id()).orElseThrow().kind()).isEqualTo(Kind.CLOSED);
        rooms.delete(created.id());
        await().until(() -> page.closeCode() == 1008);
        assertThat(rooms.find(created.id())).isEmpty();
        assertThat(alice.page("admin/audit").text())
                .contains("The application closed the room Order 18", "The application deleted the room Order 18");
        page.close();
    }

    @Test
    void a_key_makes_a_room_one_however_often_it_is_created() {
        List<RoomId> all = IntStream.range(0, 8)
                .mapToObj(n -> CompletableFuture.supplyAsync(
                        () -> rooms.create(Kind.CLOSED, "Order 21", "order-21").id()))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();
        assertThat(all).containsOnly(all.get(0));
        assertThat(rooms.create(Kind.OPEN, "Another name", "order-21").name()).isEqualTo("Order 21");
        assertThat(rooms.find("order-21").orElseThrow().key()).contains("order-21");
        rooms.delete(all.get(0));
        assertThat(rooms.find("order-21")).isEmpty();
        assertThat(rooms.create(Kind.CLOSED, "Again", "order-21").id()).isNotEqualTo(all.get(0));
    }

    @Test
    void the_rooms_of_people_obey_programs_too() {
        ChatClient own = alice.makes("Alice's", "open");
        RoomId room = new RoomId(own.room());
        rooms.rename(room, "Hers");
        assertThat(rooms.find(room).orElseThrow().name()).isEqualTo("Hers");
        refused(() -> rooms.remove(room, "alice"), ChatException.Kind.FORBIDDEN);
        chat.server().messages().post(room, Author.bot("ci", "CI"), "by no member");
        rooms.delete(room);
        assertThat(alice.getStatus(own.at(""))).isEqualTo(404);
    }

    @Test
    void refusals_say_why() {
        RoomId direct = new RoomId(alice.chatsWith("bob").room());
        RoomId nowhere = new RoomId("nowhere");
        RoomId known = rooms.create(Kind.OPEN, "Taken").id();
        for (RoomId room : List.of(direct, nowhere)) {
            assertThat(rooms.find(room)).isEmpty();
            Stream.<ThrowingCallable>of(
                            () -> rooms.rename(room, "x"),
                            () -> rooms.close(room),
                            () -> rooms.delete(room),
                            () -> rooms.add(room, "alice"),
                            () -> rooms.remove(room, "alice"),
                            () -> rooms.members(room, "", 1),
                            () -> chat.server().people().online(room))
                    .forEach(call -> refused(call, ChatException.Kind.NOT_FOUND));
        }
        Stream.<ThrowingCallable>of(
                        () -> rooms.rename(RoomId.LOBBY, "x"),
                        () -> rooms.close(RoomId.LOBBY),
                        () -> rooms.delete(RoomId.LOBBY),
                        () -> rooms.add(RoomId.LOBBY, "alice"),
                        () -> rooms.remove(RoomId.LOBBY, "alice"))
                .forEach(call -> refused(call, ChatException.Kind.FORBIDDEN));
        refused(() -> rooms.add(known, "nobody"), ChatException.Kind.NOT_FOUND);
        refused(() -> rooms.of("nobody"), ChatException.Kind.NOT_FOUND);
        refused(() -> rooms.create(Kind.OPEN, "TAKEN!"), ChatException.Kind.TAKEN);
        refused(() -> rooms.create(Kind.OPEN, " "), ChatException.Kind.INVALID);
        refused(() -> rooms.rename(known, "x".repeat(65)), ChatException.Kind.INVALID);
        assertThatThrownBy(() -> rooms.create(Kind.LOBBY, "x")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> rooms.create(Kind.OPEN, "x", "k".repeat(201)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> rooms.members(known, "", 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> rooms.find((RoomId) null)).isInstanceOf(NullPointerException.class);
    }
}
