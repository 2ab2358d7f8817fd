package chat.klatsch.store;

import static org.assertj.core.api.Assertions.assertThat;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.RoomId;
import chat.klatsch.core.User;
import chat.klatsch.message.Draft;
import chat.klatsch.message.Edit;
import chat.klatsch.message.Emoji;
import chat.klatsch.message.LogEntry;
import chat.klatsch.message.Message;
import chat.klatsch.message.Quote;
import chat.klatsch.message.Reaction;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The contract of the message store: one order, each message once, and every change under its version. */
@ParameterizedClass
@EnumSource(StoreTest.Engine.class)
class MessageStoreTest extends StoreTest {
    private User alice;

    @BeforeEach
    void open() {
        openFresh();
        alice = person("alice");
    }

    @Test
    void a_message_is_read_back_unchanged() {
        String body = "Zwölf Boxkämpfer 🥊 <b>&amp;</b>\n\tعربي \u202e";
        LogEntry stored = append(draft(body, "key")).get(0);
        assertThat(messages.after(RoomId.LOBBY, 0, 10)).containsExactly(stored);
        assertThat(stored.message().body()).isEqualTo(body);
        assertThat(stored.message().author()).isEqualTo(alice);
        assertThat(stored.message().postedAt()).isEqualTo(NOW);
        assertThat(stored.message().status()).isEqualTo(Message.Status.POSTED);
    }

    @Test
    void a_batch_gets_gapless_numbers_and_skips_stored_messages() {
        append(draft("one", "1"), draft("two", "2"));
        List<LogEntry> again = append(draft("two", "2"), draft("three", "3"), draft("three", "3"), draft("two", "4"));
        assertThat(again.stream().map(entry -> entry.message().seq())).containsExactly(2L, 3L, 3L, 4L);
        assertThat(messages.lastSeq(RoomId.LOBBY)).isEqualTo(4);
    }

    @Test
    void history_is_paged_in_both_directions() {
        append(IntStream.rangeClosed(1, 120)
                .mapToObj(n -> draft("message " + n, "key " + n))
                .toArray(Draft[]::new));
        assertThat(seqs(messages.before(RoomId.LOBBY, Long.MAX_VALUE, 50))).isEqualTo(range(71, 120));
        assertThat(seqs(messages.before(RoomId.LOBBY, 71, 50))).isEqualTo(range(21, 70));
        assertThat(seqs(messages.before(RoomId.LOBBY, 21, 50))).isEqualTo(range(1, 20));
        assertThat(seqs(messages.after(RoomId.LOBBY, 110, 50))).isEqualTo(range(111, 120));
        assertThat(messages.after(RoomId.LOBBY, 120, 50)).isEmpty();
    }

    @Test
    void a_message_is_found_under_the_version_of_its_last_change() {
        append(draft("one", "1"), draft("two", "2"), draft("three", "3"));
        append(new Draft(alice, "a reply to one", "4", OptionalLong.of(1)));
        assertThat(messages.react(RoomId.LOBBY, 2, alice.id(), Emoji.LOVE, NOW)).isEqualTo(5);
        assertThat(messages.edit(RoomId.LOBBY, 1, alice.id(), new Edit("the first"), NOW))
                .isEqualTo(7);
        assertThat(messages.version(RoomId.LOBBY)).isEqualTo(7);
        assertThat(messages.lastSeq(RoomId.LOBBY)).isEqualTo(4);

        List<LogEntry> changes = messages.changes(RoomId.LOBBY, 4, 10);
        assertThat(seqs(changes)).containsExactly(2L, 1L, 4L);
        assertThat(changes).extracting(LogEntry::version).containsExactly(5L, 6L, 7L);
        assertThat(changes.get(0).message().reactions()).containsExactly(new Reaction(Emoji.LOVE, 1, List.of("alice")));
        assertThat(changes.get(1).message().body()).isEqualTo("the first");
        assertThat(changes.get(2).message().quote().orElseThrow().excerpt()).isEqualTo("the first");
        assertThat(seqs(messages.changes(RoomId.LOBBY, 2, 1))).containsExactly(3L);

        messages.unreact(RoomId.LOBBY, 2, alice.id(), Emoji.LOVE);
        messages.delete(RoomId.LOBBY, 1, alice.id(), NOW);
        assertThat(seqs(messages.changes(RoomId.LOBBY, 7, 10))).containsExactly(2L, 1L, 4L);
        assertThat(messages.entry(RoomId.LOBBY, 2).orElseThrow().message().reactions())
                .isEmpty();
        assertThat(messages.entry(RoomId.LOBBY, 4)
                        .orElseThrow()
                        .message()
                        .quote()
                        .orElseThrow()
                        .isDeleted())
                .isTrue();
        assertThat(append(draft("one", "1")).get(0).message().status()).isEqualTo(Message.Status.DELETED);
    }

    @Test
    void a_former_member_cannot_post_edit_or_react() {
        User bob = person("bob");
        messages.append(RoomId.LOBBY, List.of(new Draft(bob, "still here", "1")), NOW);
        database.inTransaction(handle ->
                handle.execute("delete from members where user_id = ?", bob.id().value()));
        for (ThrowingCallable change : List.<ThrowingCallable>of(
                () -> messages.append(RoomId.LOBBY, List.of(new Draft(bob, "and gone", "2")), NOW),
                () -> messages.edit(RoomId.LOBBY, 1, bob.id(), new Edit("never here"), NOW),
                () -> messages.react(RoomId.LOBBY, 1, bob.id(), Emoji.SAD, NOW))) {
            refused(ChatException.Kind.FORBIDDEN, change);
        }
        assertThat(messages.version(RoomId.LOBBY)).isEqualTo(1);
        // A repeated post is still acknowledged.
        assertThat(messages.append(RoomId.LOBBY, List.of(new Draft(bob, "still here", "1")), NOW))
                .hasSize(1);
    }

    @Test
    void concurrent_writers_get_one_gapless_order() {
        List<CompletableFuture<List<LogEntry>>> writers = new ArrayList<>();
        for (int writer = 0; writer < 8; writer++) {
            String name = "writer " + writer;
            writers.add(CompletableFuture.supplyAsync(() -> {
                List<LogEntry> stored = new ArrayList<>();
                for (int n = 0; n < 40; n++) {
                    stored.addAll(append(draft(name + " says " + n, name + n)));
                }
                return stored;
            }));
        }
        List<Long> numbers = new ArrayList<>();
        writers.forEach(writer -> numbers.addAll(seqs(writer.join())));
        Collections.sort(numbers);
        assertThat(numbers).isEqualTo(range(1, 320));
        assertThat(seqs(messages.after(RoomId.LOBBY, 0, 1_000))).isEqualTo(range(1, 320));
    }

    @Test
    void messages_survive_reopening() {
        append(draft("keep me", "key"));
        database.close();
        reopen();
        assertThat(messages.after(RoomId.LOBBY, 0, 10))
                .extracting(entry -> entry.message().body())
                .containsExactly("keep me");
    }

    @Test
    void the_versions_of_many_rooms_are_read_together() {
        append(draft("one", "1"), draft("two", "2"));
        assertThat(messages.versions(List.of(RoomId.LOBBY, new RoomId("elsewhere"))))
                .isEqualTo(Map.of(RoomId.LOBBY, 2L));
        assertThat(messages.versions(List.of())).isEmpty();
    }

    @Test
    void many_rooms_and_sessions_are_looked_up_by_primary_key() {
        for (String query : List.of(
                "select id, last_seq from rooms where id = any(:ids)",
                "select id from sessions where id = any(:ids)")) {
            assertThat(plan(query))
                    .containsPattern(
                            engine == Engine.H2
                                    ? "PRIMARY_KEY_\\w+: ID IN\\("
                                    : "(rooms|sessions)_pkey.*\\n\\s*Index Cond: ");
        }
    }

    @Test
    void a_closed_database_is_reported_as_unavailable() {
        database.close();
        refused(ChatException.Kind.UNAVAILABLE, () -> messages.lastSeq(RoomId.LOBBY));
    }

    private String plan(String query) {
        return database.inTransaction(handle -> {
            if (engine == Engine.POSTGRESQL) {
                // The planner would scan a table as small as this one.
                handle.execute("set local enable_seqscan = off");
            }
            return handle.createQuery("explain " + query)
                    .bind("ids", new String[] {"a", "b"})
                    .mapTo(String.class)
                    .collect(Collectors.joining("\n"));
        });
    }

    private Draft draft(String body, String key) {
        return new Draft(alice, body, key);
    }

    @Test
    void a_reply_that_is_stored_after_its_original_was_deleted_quotes_nothing() {
        append(new Draft(alice, "secret", "1"), new Draft(alice, "kept", "2"));
        messages.delete(RoomId.LOBBY, 1, alice.id(), NOW);
        List<LogEntry> stored = append(
                new Draft(alice, "to the deleted", "3", OptionalLong.of(1)),
                new Draft(alice, "to the kept", "4", OptionalLong.of(2)));
        assertThat(stored.get(0).message().quote()).isEmpty();
        assertThat(stored.get(1).message().quote())
                .hasValueSatisfying(quote -> assertThat(quote.excerpt()).isEqualTo("kept"));
        messages.delete(RoomId.LOBBY, 2, alice.id(), NOW);
        assertThat(messages.after(RoomId.LOBBY, 2, 10))
                .extracting(entry -> entry.message().quote().map(Quote::isDeleted))
                .containsExactly(Optional.empty(), Optional.of(true));
    }
}
