package chat.klatsch.store.draft;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.RoomId;
import chat.klatsch.core.UserId;
import chat.klatsch.draft.DraftStore;
import chat.klatsch.draft.DraftVersion;
import chat.klatsch.draft.SavedDraft;
import chat.klatsch.store.Columns;
import chat.klatsch.store.Database;
import chat.klatsch.store.DuplicateKeyException;
import chat.klatsch.store.Queries;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Stores drafts. Thread-safe. */
public final class SqlDraftStore implements DraftStore {
    /**
     * @param sent the keys of the messages sent last, and those of the drafts that they showed with the text that was sent,
     *     with a blank before and after each
     */
    private record Row(String body, OptionalLong replyTo, String composer, long savedAt, String sent) {
        boolean refuses(SavedDraft draft) {
            DraftVersion version = draft.version();
            boolean isLate = composer.equals(version.key()) && savedAt > version.at();
            return isLate || isSent(version.key()) || isSent(version.keyWith(draft.body()));
        }

        private boolean isSent(String key) {
            return sent.contains(" " + key + " ");
        }

        boolean isFrom(String key, Optional<DraftVersion> shown) {
            return composer.equals(key)
                    || shown.filter(version -> composer.equals(version.key()) && savedAt == version.at())
                            .isPresent();
        }
    }

    private final Database database;

    public SqlDraftStore(Database database) {
        this.database = database;
    }

    @Override
    public Optional<SavedDraft> find(UserId user, RoomId room) {
        return database.read(handle -> row(handle, user, room, ""))
                .filter(row -> !row.body().isEmpty())
                .map(row -> new SavedDraft(row.body(), row.replyTo(), new DraftVersion(row.composer(), row.savedAt())));
    }

    @Override
    public boolean save(UserId user, RoomId room, SavedDraft draft, Optional<DraftVersion> shown) {
        try {
            return database.inTransaction(handle -> save(handle, user, room, draft, shown));
        } catch (DuplicateKeyException e) {
            // Another save has created the row at the same time.
            return database.inTransaction(handle -> save(handle, user, room, draft, shown));
        }
    }

    private static boolean save(
            Handle handle, UserId user, RoomId room, SavedDraft draft, Optional<DraftVersion> shown) {
        Optional<Row> known = row(handle, user, room, " for update");
        if (known.isEmpty()) {
            return !draft.isEmpty() && insert(handle, user, room, draft);
        }
        Row row = known.get();
        if (row.refuses(draft)
                || (draft.isEmpty() && !row.isFrom(draft.version().key(), shown))) {
            return false;
        }
        handle.execute(
                "update drafts set composer = ?, saved_at = ?, body = ?, reply_to = ? where user_id = ? and room_id = ?",
                draft.version().key(),
                draft.version().at(),
                draft.body(),
                replyTo(draft),
                user.value(),
                room.value());
        return row.body().isEmpty() != draft.isEmpty();
    }

    /** Checks the membership again, because the user may have left the room since the request began. */
    private static boolean insert(Handle handle, UserId user, RoomId room, SavedDraft draft) {
        String member = "select 1 from members where user_id = ? and room_id = ?";
        if (!Queries.exists(handle, member, user.value(), room.value())) {
            throw ChatException.roomNotFound();
        }
        handle.execute(
                "insert into drafts (user_id, room_id, composer, saved_at, body, reply_to) values (?, ?, ?, ?, ?, ?)",
                user.value(),
                room.value(),
                draft.version().key(),
                draft.version().at(),
                draft.body(),
                replyTo(draft));
        return true;
    }

    private static @Nullable Long replyTo(SavedDraft draft) {
        return draft.replyTo().isPresent() ? draft.replyTo().getAsLong() : null;
    }

    private static Optional<Row> row(Handle handle, UserId user, RoomId room, String lock) {
        return handle.select(
                        "select * from drafts where user_id = ? and room_id = ?" + lock, user.value(), room.value())
                .map((row, context) -> new Row(
                        row.getString("body"),
                        Columns.optionalLong(row, "reply_to")
                                .map(OptionalLong::of)
                                .orElse(OptionalLong.empty()),
                        row.getString("composer"),
                        row.getLong("saved_at"),
                        row.getString("sent")))
                .findOne();
    }
}
