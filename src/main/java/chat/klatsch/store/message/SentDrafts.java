package chat.klatsch.store.message;

import chat.klatsch.draft.DraftVersion;
import chat.klatsch.message.Draft;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * Deletes the saved drafts and open forms of the posts in one transaction, and notes the posts' keys, so that a save that
 * arrives after its post is ignored, and so is one of the same text by the page whose draft was sent elsewhere. Takes one
 * statement for each post of an author without open forms in the room. Confined to the transaction.
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

    private static final String NOTE_WITHOUT_FORMS = NOTE.stripTrailing() + " and not has_forms";

    private static final String DELETE_FORM =
            "delete from open_forms where user_id = :user and room_id = :room and form = :key";

    private static final String COUNT_FORMS = """
            update drafts set has_forms = exists (
                select 1 from open_forms f
                where f.user_id = drafts.user_id and f.room_id = drafts.room_id and f.form <> :key
            )
            where user_id = :user and room_id = :room
            """;

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
            List<Sent> others = note(NOTE_WITHOUT_FORMS, sent);
            if (!others.isEmpty()) {
                List<Sent> unknown = note(NOTE, others);
                if (!unknown.isEmpty()) {
                    insert(unknown);
                    note(NOTE, unknown);
                }
                // After the updates, which wait for a save that is under way.
                execute(DELETE_FORM, others);
                execute(COUNT_FORMS, others);
            }
        }
    }

    private void execute(String sql, List<Sent> all) {
        PreparedBatch batch = handle.prepareBatch(sql);
        for (Sent each : all) {
            batch.bind("user", each.draft().author().id().value())
                    .bind("room", each.room())
                    .bind("key", each.draft().key())
                    .add();
        }
        batch.execute();
    }

    /** Returns those whose row has not been updated. */
    private List<Sent> note(String sql, List<Sent> all) {
        PreparedBatch updates = handle.prepareBatch(sql);
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
        int[] updated = updates.execute();
        return IntStream.range(0, updated.length)
                .filter(i -> updated[i] == 0)
                .mapToObj(all::get)
                .toList();
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
                .forEach(row -> {
                    // The lock comes before the row, as it does for a save: each would wait for the other's otherwise.
                    handle.execute(
                            "select 1 from members where user_id = ? and room_id = ? for update",
                            row.get(0),
                            row.get(1));
                    inserts.bind("user", row.get(0)).bind("room", row.get(1)).add();
                });
        inserts.execute();
    }
}
