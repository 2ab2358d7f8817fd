package chat.klatsch.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.RoomId;
import chat.klatsch.core.User;
import chat.klatsch.draft.DraftVersion;
import chat.klatsch.draft.OpenForm;
import chat.klatsch.draft.SavedDraft;
import chat.klatsch.message.Draft;
import chat.klatsch.message.Edit;
import chat.klatsch.room.Room;
import chat.klatsch.room.RoomName;
import chat.klatsch.store.draft.SqlDraftStore;
import chat.klatsch.store.message.MessageEditor;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The contract of the draft store. */
@ParameterizedClass
@EnumSource(StoreTest.Engine.class)
class DraftStoreTest extends StoreTest {
    private SqlDraftStore drafts;
    private User alice;

    private void open() {
        openFresh();
        person("olga");
        drafts = new SqlDraftStore(database);
        alice = person("alice");
    }

    @Test
    void a_sent_message_deletes_its_draft_and_no_later_save_brings_it_back() {
        open();
        assertThat(save("a.1", 1, "hel")).isTrue();
        assertThat(save("a.1", 3, "hello")).as("was there before").isFalse();
        assertThat(save("a.1", 2, "hell")).isFalse();
        assertThat(text()).contains("hello");
        append(sent("a.1", "hello"), sent("a.2", "again"));
        assertThat(text()).isEmpty();
        assertThat(save("a.1", 9, "late")).isFalse();
        assertThat(save("a.2", 9, "late")).isFalse();
        assertThat(text()).isEmpty();
        assertThat(save("a.3", 1, "next")).isTrue();
        // Many more messages, so that the first keys are forgotten.
        append(IntStream.range(10, 60)
                .mapToObj(n -> sent("a." + n, "text " + n))
                .toArray(Draft[]::new));
        assertThat(text()).contains("next");
        assertThat(save("a.59", 9, "late")).isFalse();
        append(new Draft(alice, "from a program", "a.3"));
        assertThat(text()).contains("next");
    }

    @Test
    void saves_and_messages_at_the_same_time_leave_one_draft_or_none() {
        open();
        for (int round = 0; round < 10; round++) {
            String key = "r." + round;
            List<CompletableFuture<Void>> all = List.of(
                    CompletableFuture.runAsync(() -> save(key, 1, "first")),
                    CompletableFuture.runAsync(() -> append(sent(key, "message " + key))),
                    CompletableFuture.runAsync(() -> save(key, 2, "second")));
            all.forEach(CompletableFuture::join);
            assertThat(text()).isEmpty();
        }
    }

    @Test
    void the_first_save_and_the_first_message_of_a_user_do_not_wait_for_each_other() {
        open();
        for (int round = 0; round < 40; round++) {
            alice = person("user" + round);
            String key = "r." + round;
            List<CompletableFuture<Void>> both = List.of(
                    CompletableFuture.runAsync(() -> save(key, 1, "typed")),
                    CompletableFuture.runAsync(() -> append(sent(key, "message " + key))));
            both.forEach(CompletableFuture::join);
            assertThat(text()).isEmpty();
        }
    }

    @Test
    void open_forms_and_messages_at_the_same_time_leave_no_form_that_was_sent() {
        open();
        for (int round = 0; round < 10; round++) {
            String key = "f." + round;
            List<CompletableFuture<Void>> all = List.of(
                    CompletableFuture.runAsync(() -> save(key, 1, "typed")),
                    CompletableFuture.runAsync(() -> append(sent(key, "message " + key))),
                    CompletableFuture.runAsync(() -> keep(key, "unsent")));
            all.forEach(CompletableFuture::join);
            assertThat(drafts.openForms(alice.id(), RoomId.LOBBY)).isEmpty();
            assertThat(text()).isEmpty();
        }
    }

    @Test
    void each_message_ends_its_own_open_form_among_others_and_none() {
        open();
        append(sent("a.1", "none"));
        keep("a.2", "two");
        keep("a.3", "three");
        append(sent("a.4", "none"), sent("a.2", "two"));
        assertThat(kept()).containsExactly("three");
        append(sent("a.5", "none"), sent("a.3", "three"), sent("a.6", "none"));
        assertThat(kept()).isEmpty();
        append(sent("a.7", "none"));
        keep("a.8", "eight");
        append(sent("a.8", "eight"));
        assertThat(kept()).isEmpty();
    }

    @Test
    void open_forms_end_with_the_account() {
        open();
        keep("a.1", "hi");
        assertThat(drafts.openForms(alice.id(), RoomId.LOBBY)).hasSize(1);
        changes.delete(alice.id(), NOW);
        assertThat(drafts.openForms(alice.id(), RoomId.LOBBY)).isEmpty();
    }

    @Test
    void a_late_save_of_a_composer_whose_message_was_not_sent_replaces_no_newer_draft() {
        open();
        save("a.1", 2, "typed");
        save("a.2", 1, "newer");
        keep("a.1", "typed and not sent");
        assertThat(save("a.1", 1, "late")).isFalse();
        assertThat(text()).contains("newer");

        save("a.2", 9, "");
        keep("a.3", "not sent either");
        assertThat(save("a.2", 8, "late")).as("was erased").isFalse();
        assertThat(text()).isEmpty();
        assertThat(kept()).containsExactly("typed and not sent", "not sent either");
    }

    @Test
    void an_edit_deletes_what_its_form_has_saved_and_no_later_save_brings_it_back() {
        open();
        long seq = append(new Draft(alice, "first", "1")).get(0).message().seq();
        keepEdit("E", seq, "changed");
        messages.edit(RoomId.LOBBY, seq, alice.id(), new Edit("changed", Optional.of("F"), shown()), NOW);
        assertThat(kept()).as("another form's").containsExactly("changed");
        messages.edit(RoomId.LOBBY, seq, alice.id(), new Edit("changed", Optional.of("E"), shown()), NOW);
        assertThat(kept()).isEmpty();
        keepEdit("E", seq, "late");
        assertThat(kept()).isEmpty();
    }

    @Test
    void an_edit_of_a_message_that_is_being_deleted_is_not_kept() {
        open();
        long seq = append(new Draft(alice, "first", "1")).get(0).message().seq();
        CompletableFuture<Void> save = database.inTransaction(handle -> {
            MessageEditor.in(handle, database.dialect(), RoomId.LOBBY).delete(seq, alice.id(), NOW);
            CompletableFuture<Void> waiting = CompletableFuture.runAsync(() -> keepEdit("E", seq, "changed"));
            assertThat(waiting).failsWithin(Duration.ofMillis(200)).withThrowableOfType(TimeoutException.class);
            return waiting;
        });
        assertThat(save)
                .failsWithin(Duration.ofSeconds(5))
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(ChatException.class);
        assertThat(kept()).isEmpty();
    }

    @Test
    void saves_while_their_user_leaves_the_room_are_stored_before_or_refused() {
        open();
        RoomId room = new RoomId("garden");
        rooms.create(
                room, new RoomName("Garden"), Room.Kind.OPEN, person("owner").id(), NOW);
        for (int round = 0; round < 20; round++) {
            members.join(room, alice.id(), NOW);
            List<CompletableFuture<Void>> savers = IntStream.range(0, 2)
                    .mapToObj(saver -> CompletableFuture.runAsync(() -> savesUntilRefused(room, "a" + saver)))
                    .toList();
            await().until(() -> !drafts.openForms(alice.id(), room).isEmpty());
            members.leave(room, alice.id(), NOW);
            savers.forEach(CompletableFuture::join);
            assertThat(drafts.openForms(alice.id(), room)).isEmpty();
        }
    }

    private void savesUntilRefused(RoomId room, String series) {
        refused(ChatException.Kind.NOT_FOUND, () -> {
            for (int save = 0; save < 10_000; save++) {
                SavedDraft text = draft(series + "." + save % 5, save, save % 10 < 5 ? "text" : "");
                drafts.save(alice.id(), room, new OpenForm(text, OptionalLong.empty()), shown());
            }
        });
    }

    private void keep(String key, String body) {
        OpenForm form = new OpenForm(draft(key, 1, body), OptionalLong.empty());
        drafts.save(alice.id(), RoomId.LOBBY, form, shown());
    }

    private void keepEdit(String key, long seq, String body) {
        OpenForm form = new OpenForm(draft(key, 1, body), OptionalLong.of(seq));
        drafts.save(alice.id(), RoomId.LOBBY, form, shown());
    }

    private List<String> kept() {
        return drafts.openForms(alice.id(), RoomId.LOBBY).stream()
                .map(form -> form.draft().body())
                .toList();
    }

    @Test
    void only_members_have_drafts() {
        open();
        RoomId nowhere = new RoomId("nowhere");
        refused(ChatException.Kind.NOT_FOUND, () -> drafts.save(alice.id(), nowhere, draft("a.1", 1, "hi"), shown()));
        save("a.1", 1, "hi");
        changes.delete(alice.id(), NOW);
        assertThat(text()).isEmpty();
    }

    private boolean save(String key, long at, String body) {
        return drafts.save(alice.id(), RoomId.LOBBY, draft(key, at, body), shown());
    }

    private Optional<String> text() {
        return drafts.find(alice.id(), RoomId.LOBBY).map(SavedDraft::body);
    }

    private Draft sent(String key, String body) {
        return new Draft(alice, body, key, OptionalLong.empty(), Optional.of(new DraftVersion(key, 0)));
    }

    private static SavedDraft draft(String key, long at, String body) {
        return new SavedDraft(body, OptionalLong.empty(), new DraftVersion(key, at));
    }

    private static Optional<DraftVersion> shown() {
        return Optional.empty();
    }
}
