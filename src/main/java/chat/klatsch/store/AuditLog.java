package chat.klatsch.store;

import chat.klatsch.admin.AuditEntry;
import chat.klatsch.core.RoomId;
import chat.klatsch.core.User;
import chat.klatsch.core.UserId;
import java.time.Instant;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Builds one audit entry, written in the transaction of its action. The entry of a deleted room is written first. */
public final class AuditLog {
    private final UserId actor;
    private final AuditEntry.Action action;
    private final Instant now;
    private @Nullable Long user;
    private @Nullable String room;
    private @Nullable Long seq;
    private String note = "";

    public AuditLog(UserId actor, AuditEntry.Action action, Instant now) {
        this.actor = actor;
        this.action = action;
        this.now = now;
    }

    public UserId actor() {
        return actor;
    }

    public AuditLog user(UserId affected) {
        this.user = affected.value();
        return this;
    }

    public AuditLog room(RoomId affected) {
        this.room = affected.value();
        return this;
    }

    public AuditLog seq(long affected) {
        this.seq = affected;
        return this;
    }

    public AuditLog note(String reason) {
        this.note = reason;
        return this;
    }

    public int write(Handle handle) {
        return handle.createUpdate("""
                insert into audit (happened_at, actor_id, by_operator, action, user_id, room_id, room_name, seq, note)
                values (
                    :now, :actor, :always or exists (
                        select 1 from users where id = :actor and (operator or username_key = :application)
                    ),
                    :action, :user, :room, (select name from rooms where id = :room), :seq, :note
                )
                """)
                .bind("now", now)
                .bind("actor", actor.value())
                .bind("application", User.APPLICATION)
                .bind("always", !action.isOfOwnersToo())
                .bind("action", action.name())
                .bind("user", user)
                .bind("room", room)
                .bind("seq", seq)
                .bind("note", note)
                .execute();
    }
}
