package chat.klatsch.store.message;

import chat.klatsch.core.RoomId;
import chat.klatsch.core.UserId;
import chat.klatsch.message.Mentions;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Records which other members a message mentions. Confined to its transaction. */
final class MentionRows {
    private final PreparedBatch inserts;

    MentionRows(Handle handle) {
        this.inserts = handle.prepareBatch("""
                insert into mentions (user_id, room_id, seq)
                select m.user_id, m.room_id, cast(:seq as bigint) from members m join users u on u.id = m.user_id
                where m.room_id = :room and u.username_key = any(:names) and u.id <> :author
                """);
    }

    void add(RoomId room, long seq, UserId author, String body) {
        Set<String> names = Mentions.in(body);
        if (!names.isEmpty()) {
            inserts.bind("seq", seq)
                    .bind("room", room.value())
                    .bind("names", names.toArray(String[]::new))
                    .bind("author", author.value())
                    .add();
        }
    }

    /** Runs after the messages are inserted: one round trip, or none if nobody is mentioned. */
    void write() {
        if (inserts.size() > 0) {
            inserts.execute();
        }
    }
}
