package chat.klatsch.store.message;

import chat.klatsch.draft.DraftVersion;
import chat.klatsch.message.Draft;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * Deletes the saved drafts and open forms of the posts in one transaction, and notes the posts' keys, so that a save that arrives after
 * its post is ignored, and so is one of the same text by the page whose draft was sent elsewhere. Confined to the transaction.
 */
final class SentDrafts {
    /** Posts without a composer have no draft. */
    private record Sent(String room, Draft draft) {}

    private static final String NOTE = """
            update drafts set
                sent = substring(' ' || cast(:note as varchar) || sent from 1 for 255),
                reply_to = case when composer = :key or composer = :shown and saved_at = :at then null else reply_to end,
                body = case when composer = :key or composer = :shown and saved_at = :at then '' else body end
            where user_id = :user and room_id = :room
            """;

    private static final String DELETE_FORM =
            "delete from open_forms where user_id = :user and room_id = :room and form = :key";

    private final Handle handle;
    private final List<Sent> sent = new ArrayList<>();

    SentDrafts(Handle handle) {
        this.handle = handle;
    }

    void add(String room, Draft draft) {
        if (draft.saved().isPresent()) {
            sent.add(new Sent(room, draft));
        }
    }

    void write() {
        if (!sent.isEmpty()) {
            int[] known = note(sent);
            List<Sent> unknown = IntStream.range(0, known.length)
                    .filter(i -> known[i] == 0)
                    .mapToObj(sent::get)
                    .toList();
            if (!unknown.isEmpty()) {
                insert(unknown);
                note(unknown);
            }
            // After the update, which waits for a save that is under way.
            deleteForms();
        }
    }

    private void deleteForms() {
        PreparedBatch deletions = handle.prepareBatch(DELETE_FORM);
        for (Sent each : sent) {
            deletions
                    .bind("user", each.draft().author().id().value())
                    .bind("room", each.room())
                    .bind("key", each.draft().key())
                    .add();
        }
        deletions.execute();
    }

    private int[] note(List<Sent> all) {
        PreparedBatch updates = handle.prepareBatch(NOTE);
        for (Sent each : all) {
            Draft draft = each.draft();
            DraftVersion shown = draft.saved().orElseThrow();
            updates.bind("key", draft.key())
                    .bind("note", note(draft, shown))
                    .bind("shown", shown.key())
                    .bind("at", shown.at())
                    .bind("user", draft.author().id().value())
                    .bind("room", each.room())
                    .add();
        }
        return updates.execute();
    }

    private static String note(Draft draft, DraftVersion shown) {
        return shown.key().equals(draft.key()) ? draft.key() : draft.key() + " " + shown.keyWith(draft.body());
    }

    private void insert(List<Sent> all) {
        PreparedBatch inserts = handle.prepareBatch("""
                insert into drafts (user_id, room_id, composer, saved_at, body) values (:user, :room, '', 0, '')
                """);
        all.stream()
                .map(each -> List.of(each.draft().author().id().value(), each.room()))
                .distinct()
                .forEach(row -> inserts.bind("user", row.get(0))
                        .bind("room", row.get(1))
                        .add());
        inserts.execute();
    }
}
