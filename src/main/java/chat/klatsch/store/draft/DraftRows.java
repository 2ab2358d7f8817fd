package chat.klatsch.store.draft;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.RoomId;
import chat.klatsch.core.UserId;
import chat.klatsch.draft.DraftVersion;
import chat.klatsch.draft.SavedDraft;
import chat.klatsch.store.Columns;
import chat.klatsch.store.Queries;
import chat.klatsch.store.UserRows;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The row of a user's draft in a room. Confined to its transaction. */
final class DraftRows {
    /**
     * @param sent the keys of the messages sent and of the forms discarded last, and those of the drafts that they showed with
     *     the text that was sent, with a blank before and after each
     */
    record Row(String body, OptionalLong replyTo, String composer, long savedAt, String sent) {
        boolean refuses(SavedDraft draft) {
            DraftVersion version = draft.version();
            return isLate(composer, savedAt, version) || isSent(draft);
        }

        boolean isSent(SavedDraft draft) {
            return isSent(draft.version().key()) || isSent(draft.version().keyWith(draft.body()));
        }

        private boolean isSent(String key) {
            return sent.contains(" " + key + " ");
        }

        boolean isFrom(String key, Optional<DraftVersion> shown) {
            return DraftRows.isFrom(composer, savedAt, key, shown);
        }
    }

    private final Handle handle;
    private final UserId user;
    private final RoomId room;

    DraftRows(Handle handle, UserId user, RoomId room) {
        this.handle = handle;
        this.user = user;
        this.room = room;
    }

    /** Returns whether a later save of the same form has been stored. */
    static boolean isLate(String form, long savedAt, DraftVersion version) {
        return form.equals(version.key()) && savedAt > version.at();
    }

    /** Returns whether what a form has saved was saved by the form with this key, or is shown there. */
    static boolean isFrom(String form, long savedAt, String key, Optional<DraftVersion> shown) {
        return form.equals(key)
                || shown.filter(version -> form.equals(version.key()) && savedAt == version.at())
                        .isPresent();
    }

    Optional<Row> row() {
        return row("");
    }

    Optional<Row> lock() {
        return row(" for update");
    }

    /** Locks the membership before the row, as leaving the room does. Creates an empty row if there is none. */
    Row lockOrInsert() {
        lockMembership();
        return lock().orElseGet(() -> {
            insert(new SavedDraft("", OptionalLong.empty(), new DraftVersion("-", 0)));
            return lock().orElseThrow();
        });
    }

    boolean insert(SavedDraft draft) {
        lockMembership();
        handle.execute(
                "insert into drafts (user_id, room_id, composer, saved_at, body, reply_to) values (?, ?, ?, ?, ?, ?)",
                user.value(),
                room.value(),
                draft.version().key(),
                draft.version().at(),
                draft.body(),
                orNull(draft.replyTo()));
        return true;
    }

    /** Checks the membership again, because the user may leave the room or be banned at the same time. */
    private void lockMembership() {
        String sql = "select 1 from members where user_id = ? and room_id = ? for update";
        if (!Queries.exists(handle, sql, user.value(), room.value()) || UserRows.isBanned(handle, user)) {
            throw ChatException.roomNotFound();
        }
    }

    void update(SavedDraft draft) {
        handle.execute(
                "update drafts set composer = ?, saved_at = ?, body = ?, reply_to = ? where user_id = ? and room_id = ?",
                draft.version().key(),
                draft.version().at(),
                draft.body(),
                orNull(draft.replyTo()),
                user.value(),
                room.value());
    }

    /** Ignores what the form with this key saves from now on. */
    void close(String key) {
        handle.execute(
                "update drafts set sent = substring(' ' || cast(? as varchar) || sent from 1 for 255)"
                        + " where user_id = ? and room_id = ?",
                key,
                user.value(),
                room.value());
    }

    /** Returns whether the message of the composer with this key could not be sent and is kept beside the draft. */
    boolean isOpenForm(String key) {
        String sql = "select 1 from open_forms where user_id = ? and room_id = ? and form = ?";
        return Queries.exists(handle, sql, user.value(), room.value(), key);
    }

    static @Nullable Long orNull(OptionalLong number) {
        return number.isPresent() ? number.getAsLong() : null;
    }

    private Optional<Row> row(String lock) {
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
