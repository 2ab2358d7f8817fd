package chat.klatsch.store.draft;

import chat.klatsch.core.RoomId;
import chat.klatsch.core.UserId;
import chat.klatsch.draft.DraftStore;
import chat.klatsch.draft.DraftVersion;
import chat.klatsch.draft.OpenForm;
import chat.klatsch.draft.SavedDraft;
import chat.klatsch.store.Database;
import chat.klatsch.store.DuplicateKeyException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/** Stores drafts and open forms. Thread-safe. */
public final class SqlDraftStore implements DraftStore {
    private final Database database;

    public SqlDraftStore(Database database) {
        this.database = database;
    }

    @Override
    public Optional<SavedDraft> find(UserId user, RoomId room) {
        return database.read(handle -> new DraftRows(handle, user, room).row())
                .filter(row -> !row.body().isEmpty())
                .map(row -> new SavedDraft(row.body(), row.replyTo(), new DraftVersion(row.composer(), row.savedAt())));
    }

    @Override
    public boolean save(UserId user, RoomId room, SavedDraft draft, Optional<DraftVersion> shown) {
        return retryingInsert(handle -> save(new DraftRows(handle, user, room), draft, shown));
    }

    @Override
    public List<OpenForm> openForms(UserId user, RoomId room) {
        return database.read(handle -> new OpenFormRows(handle, user, room).all());
    }

    @Override
    public boolean save(UserId user, RoomId room, OpenForm form, Optional<DraftVersion> shown) {
        return retryingInsert(handle -> new OpenFormRows(handle, user, room).save(form, shown));
    }

    private boolean retryingInsert(Function<Handle, Boolean> save) {
        try {
            return database.inTransaction(save::apply);
        } catch (DuplicateKeyException e) {
            // Another save has created the row at the same time.
            return database.inTransaction(save::apply);
        }
    }

    private static boolean save(DraftRows rows, SavedDraft draft, Optional<DraftVersion> shown) {
        Optional<DraftRows.Row> known = rows.lock();
        if (known.isEmpty()) {
            return !draft.isEmpty() && rows.insert(draft);
        }
        DraftRows.Row row = known.get();
        if (row.refuses(draft)
                || rows.isOpenForm(draft.version().key())
                || (draft.isEmpty() && !row.isFrom(draft.version().key(), shown))) {
            return false;
        }
        rows.update(draft);
        return row.body().isEmpty() != draft.isEmpty();
    }
}
