package chat.klatsch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import chat.klatsch.Messages.Author;
import chat.klatsch.core.ChatException;
import chat.klatsch.core.ChatException.Kind;
import chat.klatsch.core.RoomId;
import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.ChatExtension;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessagesTest {
    private static final Author ALICE = Author.person("ALICE");
    private static final Author CI = Author.bot("ci", "Build server");

    @RegisterExtension
    static final ChatExtension chat = ChatExtension.withDefaults();

    private final ChatClient alice = chat.join("alice");
    private final ChatClient bob = chat.user("bob");
    private final Messages messages = chat.server().messages();

    @Test
    void a_program_posts_as_a_person_edits_replies_and_deletes() {
        ChatMessage posted = messages.post(RoomId.LOBBY, ALICE, "Hello @bob\r\n");
        assertThat(posted.author()).isEqualTo(new Person("alice", "alice", "alice", false));
        assertThat(posted.text()).isEqualTo("Hello @bob");
        assertThat(posted.mentions()).containsExactly("bob");
        alice.sees("Hello @bob");

        ChatMessage edited = messages.edit(RoomId.LOBBY, posted.seq(), ALICE, "Hi");
        assertThat(edited.edited()).isTrue();
        assertThat(edited.changedAt()).isPresent();
        assertThat(messages.find(RoomId.LOBBY, posted.seq())).contains(edited);

        ChatMessage reply = messages.reply(RoomId.LOBBY, posted.seq(), CI, "Good morning", "");
        assertThat(reply.replyTo()).isEqualTo(OptionalLong.of(posted.seq()));
        bob.postStatus("rooms/lobby/messages/" + reply.seq() + "/reactions", Map.of("emoji", "🦊"));
        assertThat(messages.find(RoomId.LOBBY, reply.seq()).orElseThrow().reactions())
                .containsExactly(new ChatMessage.Reaction("🦊", 1, List.of("bob")));

        messages.delete(RoomId.LOBBY, posted.seq());
        messages.delete(RoomId.LOBBY, posted.seq());
        ChatMessage deleted = messages.find(RoomId.LOBBY, posted.seq()).orElseThrow();
        assertThat(deleted.deleted()).isTrue();
        assertThat(deleted.text()).isEmpty();
        await().until(() -> alice.frames().stream().anyMatch(frame -> frame.contains("This message was deleted.")));
        assertThat(alice.signIn().page("admin/audit").text()).containsOnlyOnce("The application deleted a message by");
        assertThat(alice.get("admin/audit", "Accept-Language", "de").body())
                .contains("<b>Die Anwendung</b> hat eine Nachricht von");
    }

    @Test
    void history_is_read_in_pages_from_both_ends() {
        ChatRoom room = chat.server().rooms().create(ChatRoom.Kind.CLOSED, "History");
        IntStream.rangeClosed(1, 7).forEach(n -> messages.post(room.id(), CI, "message " + n));
        assertThat(messages.after(room.id(), 0, 3)).extracting(ChatMessage::seq).containsExactly(1L, 2L, 3L);
        assertThat(messages.after(room.id(), 6, 3)).extracting(ChatMessage::seq).containsExactly(7L);
        assertThat(messages.before(room.id(), Long.MAX_VALUE, 2))
                .extracting(ChatMessage::text)
                .containsExactly("message 6", "message 7");
        assertThat(messages.before(room.id(), 1, 2)).isEmpty();
        assertThat(messages.find(room.id(), 8)).isEmpty();
    }

    @Test
    void a_key_makes_a_message_one_however_often_it_is_posted() {
        long first = messages.post(RoomId.LOBBY, CI, "Build 42", "b-42").seq();
        assertThat(messages.post(RoomId.LOBBY, CI, "Build 42", "b-42").seq()).isEqualTo(first);
        assertThat(messages.reply(RoomId.LOBBY, first, CI, "Build 42", "b-42").seq())
                .isEqualTo(first);
        assertThat(messages.post(RoomId.LOBBY, Author.bot("other", "Other"), "Build 42", "b-42")
                        .seq())
                .isNotEqualTo(first);
        assertThat(messages.post(RoomId.LOBBY, CI, "Build 42").seq()).isNotEqualTo(first);
    }

    @Test
    void a_bot_is_marked_and_nobody_meets_it_elsewhere() {
        alice.posts("between two messages of the bot");
        ChatMessage posted = messages.post(RoomId.LOBBY, CI, "**green**");
        assertThat(posted.author()).isEqualTo(new Person("ci", "", "Build server", true));
        alice.sees("green");
        Element shown = alice.page("rooms/lobby").selectFirst("#m-" + posted.seq());
        assertThat(shown.select(".name").text()).isEqualTo("Build server bot");
        assertThat(shown.select("a[href*=@]")).isEmpty();
        assertThat(alice.page("rooms/lobby").select("#members").text()).doesNotContain("Build server");
        assertThat(chat.server().rooms().members(RoomId.LOBBY, "", 1_000))
                .extracting(Person::name)
                .doesNotContain("Build server", "The application");

        for (String name : List.of("bot:ci", "@BOT:ci", "bot:")) {
            assertThat(chat.visitor().postStatus("login", Map.of("login", name, "password", "")))
                    .isIn(401, 422);
            assertThat(alice.postStatus("direct/" + name.replace("@", ""), Map.of()))
                    .isEqualTo(404);
            assertThat(alice.getStatus("@" + name.replace("@", ""))).isEqualTo(404);
            assertThat(chat.server().people().find(name)).isEmpty();
        }
        assertThat(alice.get("find?q=build").body()).doesNotContain("Build server");
        assertThat(alice.page("admin/users?name=build").text()).doesNotContain("Build server");
        assertThat(alice.get("rooms/lobby/names?q=bui").body()).doesNotContain("Build server");
    }

    @Test
    void a_bot_with_another_name_is_renamed_where_it_is_shown() {
        long seq = messages.post(RoomId.LOBBY, Author.bot("deploy", "Deployer"), "one")
                .seq();
        messages.post(RoomId.LOBBY, Author.bot("deploy", "Deployment"), "two");
        assertThat(messages.find(RoomId.LOBBY, seq).orElseThrow().author().name())
                .isEqualTo("Deployment");
        await().until(() -> alice.frames().stream().anyMatch(frame -> frame.contains(">Deployment</b>")));
        ChatMessage edited = messages.edit(RoomId.LOBBY, seq, Author.bot("deploy", "Deployment"), "better");
        assertThat(edited.text()).isEqualTo("better");
    }

    @Test
    void the_first_person_is_the_operator_whatever_bots_came_before() {
        try (ChatServer empty = ChatServer.start(config -> config.port(0).databaseUrl("jdbc:h2:mem:bots"))) {
            empty.messages().post(RoomId.LOBBY, CI, "Nobody is here yet");
            ChatRoom room = empty.rooms().create(ChatRoom.Kind.OPEN, "Early");
            ChatClient first = new ChatClient(empty.url(), "first").signUp();
            assertThat(first.getStatus("admin/users")).isEqualTo(200);
            assertThat(first.page("admin/rooms")
                            .select("[data-room=" + room.id() + "]")
                            .text())
                    .contains("owned by The application")
                    .doesNotContain("Take over");
            first.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "CI", "c i", "bot:ci", "ci/x", "é", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaa"})
    void ids_that_no_bot_can_have_are_refused(String id) {
        assertThatThrownBy(() -> Author.bot(id, "Name")).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a\u202eb", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"})
    void names_that_nobody_can_have_are_refused(String name) {
        assertThatThrownBy(() -> Author.bot("ci", name)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusals_say_why() {
        RoomId direct = new RoomId(alice.chatsWith("bob").room());
        RoomId closed = new RoomId(alice.makes("Closed", "closed").room());
        RoomId nowhere = new RoomId("nowhere");
        long own = messages.post(RoomId.LOBBY, ALICE, "mine").seq();
        long gone = messages.post(RoomId.LOBBY, ALICE, "gone").seq();
        messages.delete(RoomId.LOBBY, gone);
        chat.server().people().mute(RoomId.LOBBY, "bob", "");
        Author muted = Author.person("bob");
        Stream.<ThrowingCallable>of(
                        () -> messages.post(nowhere, CI, "x"),
                        () -> messages.post(direct, CI, "x"),
                        () -> messages.post(closed, muted, "x"),
                        () -> messages.post(RoomId.LOBBY, Author.person("nobody"), "x"),
                        () -> messages.post(RoomId.LOBBY, Author.person(""), "x"),
                        () -> messages.post(RoomId.LOBBY, Author.person("bot:ci"), "x"),
                        () -> messages.reply(RoomId.LOBBY, 9_999, CI, "x", ""),
                        () -> messages.edit(RoomId.LOBBY, 9_999, CI, "x"),
                        () -> messages.edit(RoomId.LOBBY, gone, ALICE, "x"),
                        () -> messages.delete(RoomId.LOBBY, 9_999),
                        () -> messages.delete(direct, 1),
                        () -> messages.find(direct, 1),
                        () -> messages.before(direct, 1, 1),
                        () -> messages.after(nowhere, 1, 1))
                .forEach(call -> refused(call, Kind.NOT_FOUND));
        Stream.<ThrowingCallable>of(
                        () -> messages.post(RoomId.LOBBY, muted, "x"),
                        () -> messages.edit(RoomId.LOBBY, own, CI, "x"),
                        () -> messages.edit(RoomId.LOBBY, own, muted, "x"))
                .forEach(call -> refused(call, Kind.FORBIDDEN));
        Stream.<ThrowingCallable>of(
                        () -> messages.post(RoomId.LOBBY, CI, " \n "),
                        () -> messages.post(RoomId.LOBBY, CI, "x".repeat(2_001)),
                        () -> messages.post(RoomId.LOBBY, CI, "x", "k".repeat(101)),
                        () -> messages.edit(RoomId.LOBBY, own, ALICE, ""))
                .forEach(call -> refused(call, Kind.INVALID));
        assertThatThrownBy(() -> messages.before(RoomId.LOBBY, 1, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> messages.post(RoomId.LOBBY, CI, null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> messages.post(null, CI, "x")).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> Author.person(null)).isInstanceOf(NullPointerException.class);
        chat.server().people().unmute(RoomId.LOBBY, "bob");
        assertThat(messages.post(direct, muted, "as a person, in a private chat")
                        .text())
                .isNotEmpty();
    }

    static void refused(ThrowingCallable call, Kind kind) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ChatException.class,
                        refusal -> assertThat(refusal.kind()).isEqualTo(kind));
    }
}
