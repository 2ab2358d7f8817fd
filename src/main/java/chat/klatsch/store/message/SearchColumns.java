package chat.klatsch.store.message;

import chat.klatsch.core.RoomId;
import chat.klatsch.search.SearchText;
import chat.klatsch.store.SqlDialect;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/** The columns of a message by which it is found: its {@link SearchText} and, in PostgreSQL, the words of its index. */
public record SearchColumns(SqlDialect dialect) {
    private boolean isIndexed() {
        return dialect == SqlDialect.POSTGRESQL;
    }

    /** Returns the columns of an insert. */
    public String names() {
        return isIndexed() ? "search_text, words" : "search_text";
    }

    /** Returns the values of an insert, with the parameters of {@link #bind}. */
    public String values() {
        return isIndexed() ? ":searchText, array_to_tsvector(cast(:words as text[]))" : ":searchText";
    }

    /** Returns an update of one message, with the parameters {@code room} and {@code seq} and those of {@link #bind}. */
    String update() {
        String words = isIndexed() ? ", words = array_to_tsvector(cast(:words as text[]))" : "";
        return "update messages set search_text = :searchText" + words + " where room_id = :room and seq = :seq";
    }

    public void bind(SqlStatement<?> statement, SearchText text) {
        statement.bind("searchText", text.toString());
        if (isIndexed()) {
            statement.bind("words", text.indexed().toArray(String[]::new));
        }
    }

    void update(Handle handle, RoomId room, long seq, String body) {
        var update = handle.createUpdate(update()).bind("room", room.value()).bind("seq", seq);
        bind(update, SearchText.of(body));
        update.execute();
    }
}
