package chat.klatsch.store;

import static org.assertj.core.api.Assertions.assertThat;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.RoomId;
import chat.klatsch.core.User;
import chat.klatsch.draft.DraftVersion;
import chat.klatsch.draft.OpenForm;
import chat.klatsch.draft.SavedDraft;
import chat.klatsch.message.Draft;
import chat.klatsch.store.draft.SqlDraftStore;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
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
    void open_forms_end_with_the_account() {
        open();
        keep("a.1", "hi");
        assertThat(drafts.openForms(alice.id(), RoomId.LOBBY)).hasSize(1);
        changes.delete(alice.id(), NOW);
        assertThat(drafts.openForms(alice.id(), RoomId.LOBBY)).isEmpty();
    }

    private void keep(String key, String body) {
        OpenForm form = new OpenForm(draft(key, 1, body), OptionalLong.empty());
        drafts.save(alice.id(), RoomId.LOBBY, form, shown());
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
