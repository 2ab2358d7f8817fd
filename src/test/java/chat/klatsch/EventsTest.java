package chat.klatsch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import chat.klatsch.ChatEvent.Deleted;
import chat.klatsch.ChatEvent.Edited;
import chat.klatsch.ChatEvent.Joined;
import chat.klatsch.ChatEvent.Left;
import chat.klatsch.ChatEvent.Posted;
import chat.klatsch.ChatEvent.Reacted;
import chat.klatsch.Events.Subscription;
import chat.klatsch.Messages.Author;
import chat.klatsch.core.ChatException;
import chat.klatsch.core.Limit;
import chat.klatsch.core.RoomId;
import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.ChatExtension;
import chat.klatsch.fixture.Log;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What listeners on the one node of a chat hear. */
class EventsTest {
    @RegisterExtension
    final ChatExtension chat = ChatExtension.with(config -> config.limit(Limit.POSTS_PER_MINUTE, 0));

    private final List<String> heard = new CopyOnWriteArrayList<>();

    private void hear(ChatEvent event) {
        heard.add(words(event));
    }

    static String words(ChatEvent event) {
        if (event instanceof Joined joined) {
            return joined.person().id() + " joined";
        } else if (event instanceof Left left) {
            return left.person().id() + " left";
        } else if (event instanceof Posted posted) {
            return "posted " + posted.message().text();
        } else if (event instanceof Edited edited) {
            return "edited " + edited.message().text();
        } else if (event instanceof Reacted reacted) {
            return "reacted " + reacted.message().reactions();
        }
        return "deleted " + ((Deleted) event).message().seq();
    }

    @Test
    void a_listener_hears_all_that_happens_in_a_room_in_order() {
        ChatClient alice = chat.user("alice");
        ChatClient bob = chat.user("bob");
        ChatClient room = alice.makes("Garden", "open");
        alice.postStatus("rooms/lobby/messages", Map.of("body", "elsewhere"));
        Subscription subscription = chat.server().events().listen(new RoomId(room.room()), this::hear);

        bob.postStatus(room.at("join"), Map.of());
        hears("bob joined");
        room.postStatus(room.at("messages"), Map.of("body", "one"));
        hears("posted one");
        room.postStatus(room.at("messages/1/edit"), Map.of("body", "two"));
        hears("edited two");
        bob.postStatus(room.at("messages/1/reactions"), Map.of("emoji", "like"));
        hears("reacted [Reaction[emoji=👍, count=1, usernames=[bob]]]");
        room.postStatus(room.at("messages/1/delete"), Map.of());
        hears("deleted 1");
        bob.postStatus(room.at("leave"), Map.of());
        hears("bob left");
        alice.postStatus("rooms/lobby/messages", Map.of("body", "elsewhere"));
        subscription.close();
        subscription.close();
        room.postStatus(room.at("messages"), Map.of("body", "not heard"));
        await().during(Duration.ofMillis(300)).until(() -> heard.size() == 6);
    }

    private void hears(String event) {
        await().until(() -> heard.contains(event));
    }

    @Test
    void a_listener_to_all_rooms_hears_of_later_ones_and_of_new_people_but_not_of_private_chats() {
        ChatClient alice = chat.user("alice");
        try (Subscription subscription = chat.server().events().listen(this::hear)) {
            chat.user("bob");
            hears("bob joined");
            ChatClient direct = alice.chatsWith("bob");
            direct.postStatus(direct.at("messages"), Map.of("body", "secret"));
            ChatClient room = alice.makes("Later", "closed");
            room.postStatus(room.at("messages"), Map.of("body", "told"));
            hears("posted told");
            alice.postStatus("rooms/lobby/messages", Map.of("body", "last"));
            hears("posted last");
            assertThat(heard).containsExactly("bob joined", "alice joined", "posted told", "posted last");
            assertThat(subscription).isNotNull();
        }
    }

    @Test
    void a_listener_that_fails_misses_nothing_and_harms_nobody() {
        ChatClient alice = chat.join("alice");
        List<String> other = new CopyOnWriteArrayList<>();
        try (Log log = new Log()) {
            chat.server().events().listen(RoomId.LOBBY, event -> {
                hear(event);
                Thread.currentThread().interrupt();
                throw new StackOverflowError("on purpose");
            });
            chat.server().events().listen(event -> other.add(words(event)));
            chat.server().events().listen(event -> await().forever().until(() -> false));
            List<String> texts =
                    IntStream.range(0, 5).mapToObj(n -> "posted " + n).toList();
            IntStream.range(0, 5).forEach(n -> alice.posts(Integer.toString(n)));
            await().until(() -> heard.equals(texts));
            await().until(() -> other.equals(texts));
            alice.sees("4");
            assertThat(problems(log)).hasSize(5).allMatch(line -> line.contains("failed on an event of room lobby"));
        }
    }

    private static List<String> problems(Log log) {
        return log.problems().stream().filter(line -> line.contains(" ERROR ")).toList();
    }

    @Test
    void a_slow_listener_gets_each_message_once_in_order_as_it_is_then() {
        ChatClient alice = chat.join("alice");
        CountDownLatch busy = new CountDownLatch(1);
        chat.server().events().listen(RoomId.LOBBY, event -> {
            hear(event);
            await().until(() -> busy.getCount() == 0);
        });
        alice.posts("first");
        hears("posted first");
        long regretted = alice.posts("regretted");
        long improved = alice.posts("improvde");
        IntStream.range(0, 120).forEach(n -> alice.posts("m" + n));
        assertThat(alice.postStatus("rooms/lobby/messages/" + regretted + "/delete", Map.of()))
                .isEqualTo(303);
        alice.postStatus("rooms/lobby/messages/" + improved + "/edit", Map.of("body", "improved"));
        alice.postStatus("rooms/lobby/messages/" + (improved + 1) + "/edit", Map.of("body", "m0, too"));
        // Moves the first edit behind the second in the room's log.
        alice.postStatus("rooms/lobby/messages/" + improved + "/reactions", Map.of("emoji", "like"));
        busy.countDown();
        await().until(() -> heard.stream().anyMatch(event -> event.startsWith("reacted")));
        assertThat(heard.subList(0, 4))
                .containsExactly("posted first", "posted improved", "posted m0, too", "posted m1");
        assertThat(heard.stream().filter(event -> event.matches("posted m\\d+")))
                .containsExactlyElementsOf(
                        IntStream.range(1, 120).mapToObj(n -> "posted m" + n).toList());
        assertThat(heard).containsOnlyOnce("deleted " + regretted, "edited improved", "edited m0, too");
    }

    @Test
    void a_busy_room_keeps_neither_other_rooms_nor_who_joins_waiting() {
        ChatClient alice = chat.user("alice");
        ChatClient bob = chat.user("bob");
        RoomId busy = new RoomId(alice.makes("Busy", "open").room());
        AtomicInteger allowed = new AtomicInteger(0);
        chat.server().events().listen(event -> {
            hear(event);
            await().until(() -> heard.size() <= allowed.get());
        });
        Author author = Author.person("alice");
        chat.server().messages().post(busy, author, "first");
        hears("posted first");
        IntStream.range(0, 200).forEach(n -> chat.server().messages().post(busy, author, "m" + n));
        allowed.set(10);
        await().until(() -> heard.size() == 11);
        chat.server().messages().post(RoomId.LOBBY, author, "elsewhere");
        bob.postStatus("rooms/" + busy + "/join", Map.of());
        allowed.set(Integer.MAX_VALUE);
        hears("posted m199");
        hears("bob joined");
        hears("posted elsewhere");
        assertThat(heard).containsSubsequence("posted elsewhere", "posted m150");
        assertThat(heard).containsSubsequence("bob joined", "posted m150");
        assertThat(heard).hasSize(203);
    }

    @Test
    void an_edit_is_told_once_whatever_else_happens_to_the_message_while_the_listener_catches_up() {
        ChatClient alice = chat.join("alice");
        AtomicInteger allowed = new AtomicInteger(0);
        chat.server().events().durable("edits", event -> {
            hear(event);
            await().until(() -> heard.size() <= allowed.get());
        });
        Messages messages = chat.server().messages();
        Author author = Author.person("alice");
        long question = alice.posts("question");
        hears("posted question");
        long answer =
                messages.reply(RoomId.LOBBY, question, author, "answer", "k").seq();
        messages.edit(RoomId.LOBBY, answer, author, "better answer");
        IntStream.range(0, 120).forEach(n -> messages.post(RoomId.LOBBY, author, "m" + n));
        allowed.set(20);
        await().until(() -> heard.size() == 21);
        assertThat(heard).contains("edited better answer");
        // The answer quotes it and moves in the room's log, too.
        messages.edit(RoomId.LOBBY, question, author, "better question");
        allowed.set(Integer.MAX_VALUE);
        hears("edited better question");
        alice.posts("last");
        hears("posted last");
        assertThat(heard).containsOnlyOnce("edited better answer", "edited better question");
    }

    @Test
    void a_listener_may_end_its_subscription_and_the_chat() {
        ChatClient alice = chat.join("alice");
        List<Subscription> own = new CopyOnWriteArrayList<>();
        own.add(chat.server().events().listen(RoomId.LOBBY, event -> {
            hear(event);
            own.get(0).close();
        }));
        alice.posts("one");
        hears("posted one");
        alice.posts("two");
        await().during(Duration.ofMillis(300)).until(() -> heard.size() == 1);
        chat.server().events().listen(RoomId.LOBBY, event -> chat.server().close());
        alice.posts("three");
        await().until(() -> chat.server().health() == Health.STOPPING);
        await().until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("klatsch-events")));
    }

    @Test
    void listeners_that_never_end_do_not_keep_the_chat_from_closing() {
        ChatClient alice = chat.join("alice");
        CountDownLatch over = new CountDownLatch(1);
        for (int n = 0; n < 8; n++) {
            chat.server().events().listen(RoomId.LOBBY, event -> {
                hear(event);
                while (over.getCount() > 0) {
                    try {
                        over.await();
                    } catch (InterruptedException e) {
                        // Goes on as if nothing had happened.
                    }
                }
            });
        }
        alice.posts("for ever");
        await().until(() -> heard.size() == 8);
        try {
            assertTimeout(Duration.ofSeconds(10), () -> chat.server().close());
        } finally {
            over.countDown();
        }
    }

    @Test
    void a_durable_listener_goes_on_where_it_was_after_a_restart() {
        ChatClient alice = chat.join("alice");
        alice.posts("before it exists");
        Subscription first = chat.server().events().durable("orders", this::hear);
        alice.posts("one");
        hears("posted one");
        first.close();
        alice.posts("two");
        chat.stop();
        chat.startAgain();
        ChatClient back = chat.visitor("alice").signIn().connect();
        back.posts("three");
        chat.server().events().durable("orders", this::hear);
        hears("posted three");
        assertThat(heard).containsExactly("posted one", "posted two", "posted three");
    }

    @Test
    void a_durable_listener_that_throws_gets_the_same_event_again_before_later_ones() {
        ChatClient alice = chat.join("alice");
        AtomicInteger failures = new AtomicInteger(2);
        try (Log log = new Log()) {
            chat.server().events().durable("answers", event -> {
                hear(event);
                if (failures.getAndDecrement() > 0) {
                    throw new IllegalStateException("on purpose");
                }
            });
            alice.posts("one");
            alice.posts("two");
            hears("posted two");
            assertThat(heard).containsExactly("posted one", "posted one", "posted one", "posted two");
            assertThat(problems(log)).hasSize(2);
        }
    }

    @Test
    void one_name_is_heard_once_by_several_listeners_and_another_takes_over() {
        ChatClient alice = chat.join("alice");
        Subscription one = chat.server().events().durable("bot", this::hear);
        alice.posts("to the first");
        hears("posted to the first");
        List<String> second = new CopyOnWriteArrayList<>();
        chat.server().events().durable("bot", event -> second.add(words(event)));
        alice.posts("to the first, too");
        hears("posted to the first, too");
        one.close();
        alice.posts("to the second");
        await().until(() -> second.contains("posted to the second"));
        assertThat(second).hasSize(1);
        assertThat(heard).hasSize(2);
    }

    @Test
    void what_a_deleted_room_held_stops_nothing() {
        ChatClient alice = chat.user("alice");
        ChatRoom room = chat.server().rooms().create(ChatRoom.Kind.CLOSED, "Short-lived");
        chat.server().rooms().add(room.id(), "alice");
        CountDownLatch busy = new CountDownLatch(1);
        Consumer<ChatEvent> slow = event -> {
            hear(event);
            await().until(() -> busy.getCount() == 0);
        };
        chat.server().events().durable("index", slow);
        chat.server().events().listen(slow);
        IntStream.range(0, 3)
                .forEach(n -> chat.server().messages().post(room.id(), Author.person("alice"), "message " + n));
        await().until(() -> heard.size() == 2);
        chat.server().rooms().delete(room.id());
        busy.countDown();
        alice.postStatus("rooms/lobby/messages", Map.of("body", "goes on"));
        await().until(() -> heard.stream().filter("posted goes on"::equals).count() == 2);
    }

    @Test
    void a_listener_that_answers_in_a_room_that_is_deleted_meanwhile_goes_on() {
        ChatClient alice = chat.join("alice");
        ChatRoom room = chat.server().rooms().create(ChatRoom.Kind.CLOSED, "Short-lived");
        chat.server().rooms().add(room.id(), "alice");
        CountDownLatch deleted = new CountDownLatch(1);
        try (Log log = new Log()) {
            chat.server().events().durable("answers", event -> {
                hear(event);
                if (event instanceof Posted posted && event.room().equals(room.id())) {
                    await().until(() -> deleted.getCount() == 0);
                    chat.server()
                            .messages()
                            .reply(
                                    event.room(),
                                    posted.message().seq(),
                                    Author.bot("echo", "Echo"),
                                    "answer",
                                    "answer");
                }
            });
            chat.server().messages().post(room.id(), Author.person("alice"), "question");
            hears("posted question");
            chat.server().rooms().delete(room.id());
            deleted.countDown();
            alice.posts("goes on");
            hears("posted goes on");
            assertThat(heard).containsOnlyOnce("posted question");
            assertThat(problems(log)).hasSize(1);
        }
    }

    @Test
    void bad_input_is_refused() {
        ChatClient direct = chat.user("alice").chatsWith(chat.user("bob").username());
        Events events = chat.server().events();
        for (RoomId room : List.of(new RoomId("nowhere"), new RoomId(direct.room()))) {
            assertThatThrownBy(() -> events.listen(room, this::hear)).isInstanceOf(ChatException.class);
            assertThatThrownBy(() -> events.durable("x", room, this::hear)).isInstanceOf(ChatException.class);
        }
        for (String name : List.of("", "  ", "a\nb", "x".repeat(101))) {
            assertThatThrownBy(() -> events.durable(name, this::hear)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> events.listen(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> events.durable("x", null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> events.durable(null, this::hear)).isInstanceOf(NullPointerException.class);
        events.durable("lobby only", RoomId.LOBBY, this::hear).close();
        assertThatThrownBy(() -> events.durable("lobby only", this::hear))
                .isInstanceOfSatisfying(
                        ChatException.class,
                        refusal -> assertThat(refusal.kind()).isEqualTo(ChatException.Kind.INVALID));
        events.forget("lobby only");
        events.forget("unknown");
        events.durable("lobby only", this::hear).close();
        chat.server().close();
        Rooms rooms = chat.server().rooms();
        assertThatThrownBy(() -> rooms.embedUrl(RoomId.LOBBY)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> events.listen(this::hear)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> events.durable("x", this::hear)).isInstanceOf(IllegalStateException.class);
    }
}
