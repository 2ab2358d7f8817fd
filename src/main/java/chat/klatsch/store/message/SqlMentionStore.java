package chat.klatsch.store.message;

import chat.klatsch.core.UserId;
import chat.klatsch.search.MentionStore;
import chat.klatsch.search.SearchCursor;
import chat.klatsch.search.SearchHit;
import chat.klatsch.store.Database;
import chat.klatsch.store.room.RoomRows;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds the messages that mention a user. Thread-safe. */
public final class SqlMentionStore implements MentionStore {
    private final Database database;

    public SqlMentionStore(Database database) {
        this.database = database;
    }

    @Override
    public List<SearchHit> mentions(UserId viewer, Optional<SearchCursor> before, int limit) {
        return database.read(handle -> {
            var query = handle.createQuery(String.format(
                    Locale.ROOT,
                    """
                    select %s, x.seq, x.body, x.posted_at,
                        a.id as author, a.username as author_username, a.display_name as author_name
                    %s join mentions n on n.user_id = m.user_id and n.room_id = m.room_id
                    join messages x on x.room_id = n.room_id and x.seq = n.seq
                    join users a on a.id = x.author_id
                    where m.user_id = :viewer and x.deleted_at is null %s
                    order by x.posted_at desc, x.room_id desc, x.seq desc limit :limit
                    """,
                    RoomRows.ROOM,
                    RoomRows.FROM_MEMBERSHIP,
                    before.isPresent() ? "and (x.posted_at, x.room_id, x.seq) < (:time, :hitRoom, :seq)" : ""));
            before.ifPresent(cursor -> query.bind("time", cursor.postedAt())
                    .bind("hitRoom", cursor.room().value())
                    .bind("seq", cursor.seq()));
            return query.bind("viewer", viewer.value())
                    .bind("limit", limit)
                    .map(SqlSearchStore.HIT)
                    .list();
        });
    }
}
