package chat.klatsch.store;

import chat.klatsch.admin.AuditEntry;
import chat.klatsch.core.RoomId;
import chat.klatsch.core.UserId;
import java.time.Instant;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** One deed on its way into the audit list, in the transaction that does it. A room is written before it goes. */
public final class AuditLog {
    private final Handle handle;
    private final UserId actor;
    private final AuditEntry.Action action;
    private final Instant now;
    private @Nullable Long user;
    private @Nullable String room;
    private @Nullable Long seq;
    private String note = "";

    public AuditLog(Handle handle, UserId actor, AuditEntry.Action action, Instant now) {
        this.handle = handle;
        this.actor = actor;
        this.action = action;
        this.now = now;
    }

    public AuditLog about(UserId whom) {
        this.user = whom.value();
        return this;
    }

    public AuditLog in(RoomId where) {
        this.room = where.value();
        return this;
    }

    public AuditLog at(long place) {
        this.seq = place;
        return this;
    }

    public AuditLog saying(String why) {
        this.note = why;
        return this;
    }

    public void write() {
        handle.createUpdate("""
                insert into audit (happened_at, actor_id, action, user_id, room_id, room_name, seq, note)
                values (:now, :actor, :action, :user, :room, (select name from rooms where id = :room), :seq, :note)
                """)
                .bind("now", now)
                .bind("actor", actor.value())
                .bind("action", action.name())
                .bind("user", user)
                .bind("room", room)
                .bind("seq", seq)
                .bind("note", note)
                .execute();
    }
}
