package chat.klatsch.store.draft;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.RoomId;
import chat.klatsch.core.UserId;
import chat.klatsch.draft.DraftVersion;
import chat.klatsch.draft.OpenForm;
import chat.klatsch.draft.SavedDraft;
import chat.klatsch.store.Columns;
import chat.klatsch.store.Queries;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;

/**
 * The rows of a user's open forms in a room. Saving locks the rows of the message that the form edits, if any, of the
 * membership and of the draft, in this order. Confined to its transaction.
 */
public final class OpenFormRows {
    /** The most open forms of a user in a room. */
    private static final int MOST = 12;

    private record Row(long id, OpenForm form) {}

    private final Handle handle;
    private final UserId user;
    private final RoomId room;
    private final DraftRows drafts;

    public OpenFormRows(Handle handle, UserId user, RoomId room) {
        this.handle = handle;
        this.user = user;
        this.room = room;
        this.drafts = new DraftRows(handle, user, room);
    }

    List<OpenForm> all() {
        return rows().stream().map(Row::form).toList();
    }

    private List<Row> rows() {
        return handle.select(
                        "select * from open_forms where user_id = ? and room_id = ? order by id",
                        user.value(),
                        room.value())
                .map((row, context) -> row(row))
                .list();
    }

    /** Saves as {@link chat.klatsch.draft.DraftStore#save(UserId, RoomId, OpenForm, Optional)} does. */
    public boolean save(OpenForm form, Optional<DraftVersion> shown) {
        if (form.isEdit() && !form.draft().isEmpty()) {
            lockOwnMessage(form.seq().getAsLong());
        }
        DraftRows.Row draft = drafts.lockOrInsert();
        if (draft.isSent(form.draft())) {
            return false;
        }
        boolean moves = !form.isEdit() && draft.isFrom(form.key(), shown);
        if (moves) {
            drafts.update(new SavedDraft("", OptionalLong.empty(), form.draft().version()));
        }
        if (form.isDiscarded()) {
            drafts.close(form.key());
        }
        return write(form, shown) || moves && !draft.body().isEmpty();
    }

    /** Excludes a deletion of the message, which deletes the forms that edit it. */
    private void lockOwnMessage(long seq) {
        String sql = "select 1 from messages where room_id = ? and seq = ? and author_id = ? and deleted_at is null"
                + " for update";
        if (!Queries.exists(handle, sql, room.value(), seq, user.value())) {
            throw ChatException.noSuchMessage();
        }
    }

    private boolean write(OpenForm form, Optional<DraftVersion> shown) {
        List<Row> all = rows();
        Optional<Row> known = all.stream()
                .filter(row -> row.form().seq().equals(form.seq()))
                .filter(row -> form.isEdit() || row.form().key().equals(form.key()))
                .findFirst();
        if (!form.draft().isEmpty() && isTaken(form.key(), all, known)) {
            throw ChatException.invalid("refusal.draft.taken");
        }
        if (known.isEmpty()) {
            return !form.draft().isEmpty() && insert(form, all.size());
        }
        Row row = known.get();
        DraftVersion saved = row.form().draft().version();
        boolean isOwn = DraftRows.isFrom(saved.key(), saved.at(), form.key(), shown);
        if (DraftRows.isLate(saved.key(), saved.at(), form.draft().version())
                || form.draft().isEmpty() && !isOwn) {
            return false;
        }
        if (form.draft().isEmpty()) {
            return handle.execute("delete from open_forms where id = ?", row.id()) > 0;
        }
        handle.execute(
                "update open_forms set form = ?, saved_at = ?, body = ?, reply_to = ? where id = ?",
                form.key(),
                form.draft().version().at(),
                form.draft().body(),
                DraftRows.orNull(form.draft().replyTo()),
                row.id());
        return false;
    }

    private static boolean isTaken(String key, List<Row> all, Optional<Row> known) {
        return all.stream()
                .filter(row -> !Optional.of(row).equals(known))
                .anyMatch(row -> row.form().key().equals(key));
    }

    private boolean insert(OpenForm form, int others) {
        if (others >= MOST) {
            throw ChatException.invalid("refusal.drafts.many", MOST);
        }
        handle.execute(
                "insert into open_forms (user_id, room_id, form, saved_at, seq, body, reply_to) values (?, ?, ?, ?, ?, ?, ?)",
                user.value(),
                room.value(),
                form.key(),
                form.draft().version().at(),
                DraftRows.orNull(form.seq()),
                form.draft().body(),
                DraftRows.orNull(form.draft().replyTo()));
        handle.execute(
                "update drafts set has_forms = true where user_id = ? and room_id = ?", user.value(), room.value());
        return true;
    }

    private static Row row(ResultSet row) throws SQLException {
        DraftVersion version = new DraftVersion(row.getString("form"), row.getLong("saved_at"));
        SavedDraft draft = new SavedDraft(row.getString("body"), number(row, "reply_to"), version);
        return new Row(row.getLong("id"), new OpenForm(draft, number(row, "seq")));
    }

    private static OptionalLong number(ResultSet row, String column) throws SQLException {
        return Columns.optionalLong(row, column).map(OptionalLong::of).orElse(OptionalLong.empty());
    }
}
