package chat.klatsch.store.message;

import chat.klatsch.admin.AuditEntry;
import chat.klatsch.core.ChatException;
import chat.klatsch.core.RoomId;
import chat.klatsch.core.UserId;
import chat.klatsch.message.Emoji;
import chat.klatsch.store.AuditLog;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** A change to something that has been said, which takes its place in the room's log. Lives as long as its transaction. */
public final class MessageEditor {
    /** Of the answers to one message, so many are made to show it as it is now; the others do when they are next read. */
    private static final int QUOTED = 1_000;

    private final Handle handle;
    private final RoomId room;
    private final RoomSequence log;

    private MessageEditor(Handle handle, RoomId room, RoomSequence log) {
        this.handle = handle;
        this.room = room;
        this.log = log;
    }

    /** Waits for the room's lock. @throws ChatException NOT_FOUND when there is no such room */
    public static MessageEditor in(Handle handle, RoomId room) {
        return new MessageEditor(handle, room, RoomSequence.open(handle, room));
    }

    long edit(long seq, UserId author, String body, Instant now) {
        log.requireVoice(author);
        change("body = :body, edited_at = :now", seq, body, now);
        handle.execute("delete from mentions where room_id = ? and seq = ?", room.value(), seq);
        MentionRows mentions = new MentionRows(handle);
        mentions.add(room, seq, author, body);
        mentions.write();
        return changed(seq);
    }

    public long delete(long seq, UserId user, Instant now) {
        change("body = :body, deleted_at = :now", seq, "", now);
        for (String table : List.of("reactions", "mentions")) {
            handle.execute("delete from " + table + " where room_id = ? and seq = ?", room.value(), seq);
        }
        UserId author = author(seq);
        if (!author.equals(user)) {
            new AuditLog(handle, user, AuditEntry.Action.MESSAGE_DELETED, now)
                    .about(author)
                    .in(room)
                    .at(seq)
                    .write();
        }
        return changed(seq);
    }

    private UserId author(long seq) {
        return handle.createQuery("select author_id from messages where room_id = ? and seq = ?")
                .bind(0, room.value())
                .bind(1, seq)
                .mapTo(Long.class)
                .map(UserId::new)
                .one();
    }

    long react(long seq, UserId user, Emoji emoji, Instant now) {
        log.requireVoice(user);
        boolean isThere = handle.createQuery(
                        "select 1 from messages where room_id = :room and seq = :seq and deleted_at is null")
                .bind("room", room.value())
                .bind("seq", seq)
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
        if (!isThere) {
            throw ChatException.noSuchMessage();
        }
        log.touch(seq);
        int taken = handle.execute(
                "delete from reactions where room_id = ? and seq = ? and emoji = ? and user_id = ?",
                room.value(),
                seq,
                emoji.word(),
                user.value());
        if (taken == 0) {
            handle.execute(
                    "insert into reactions (room_id, seq, emoji, user_id, reacted_at) values (?, ?, ?, ?, ?)",
                    room.value(),
                    seq,
                    emoji.word(),
                    user.value(),
                    now);
        }
        return log.saveVersion();
    }

    private void change(String what, long seq, String body, Instant now) {
        int found = handle.createUpdate(
                        "update messages set " + what + " where room_id = :room and seq = :seq and deleted_at is null")
                .bind("body", body)
                .bind("now", now)
                .bind("room", room.value())
                .bind("seq", seq)
                .execute();
        if (found == 0) {
            throw ChatException.noSuchMessage();
        }
    }

    /** Those that quote it change with it. */
    private long changed(long seq) {
        log.touch(seq);
        handle.createQuery("""
                select seq from answers where room_id = :room and reply_to = :seq order by seq desc limit :limit
                """)
                .bind("room", room.value())
                .bind("seq", seq)
                .bind("limit", QUOTED)
                .mapTo(Long.class)
                .list()
                .forEach(log::touch);
        return log.saveVersion();
    }
}
