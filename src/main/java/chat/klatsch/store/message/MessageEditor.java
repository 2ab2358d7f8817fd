package chat.klatsch.store.message;

import chat.klatsch.admin.AuditEntry;
import chat.klatsch.core.ChatException;
import chat.klatsch.core.RoomId;
import chat.klatsch.core.UserId;
import chat.klatsch.draft.OpenForm;
import chat.klatsch.markup.MentionCandidates;
import chat.klatsch.message.Edit;
import chat.klatsch.message.Emoji;
import chat.klatsch.message.MessageService;
import chat.klatsch.store.AuditLog;
import chat.klatsch.store.Queries;
import chat.klatsch.store.SqlDialect;
import chat.klatsch.store.draft.OpenFormRows;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Edits, deletes and reacts to messages of one room. Confined to its transaction, which holds the room's lock. */
public final class MessageEditor {
    /** The newest replies that are updated live with the message they quote. Older ones show it when next loaded. */
    private static final int MAX_REPLIES = 1_000;

    private final Handle handle;
    private final RoomId room;
    private final RoomSequence sequence;
    private final SearchColumns search;

    private MessageEditor(Handle handle, SqlDialect dialect, RoomId room, RoomSequence sequence) {
        this.handle = handle;
        this.search = new SearchColumns(dialect);
        this.room = room;
        this.sequence = sequence;
    }

    /**
     * Waits for the room's lock.
     *
     * @throws ChatException NOT_FOUND if the room does not exist
     */
    public static MessageEditor in(Handle handle, SqlDialect dialect, RoomId room) {
        return new MessageEditor(handle, dialect, room, RoomSequence.open(handle, room));
    }

    long edit(long seq, UserId author, Edit edit, Instant now) {
        sequence.requireWriter(author);
        update("body = ?, edited_at = ?", edit.body(), now, seq);
        deleteFrom("mentions", seq);
        MentionCandidates candidates = MentionCandidates.in(edit.body());
        MentionRows mentions = MentionRows.of(handle, Map.of(room, candidates.all()));
        mentions.add(room, seq, mentions.mentioned(room, author, candidates));
        mentions.write();
        edit.form()
                .ifPresent(form -> new OpenFormRows(handle, author, room)
                        .save(OpenForm.discarded(form, OptionalLong.of(seq)), edit.shown()));
        return touchWithReplies(seq);
    }

    /** Deletes as {@link #delete} does. @throws ChatException FORBIDDEN if the user may not delete the message */
    long deleteIfPermitted(long seq, UserId user, Instant now) {
        if (!WritePermissions.mayDelete(handle, room, seq, user)) {
            throw MessageService.mayNotDelete();
        }
        return delete(seq, user, now);
    }

    /** Deletes a message that the user may delete. Changes nothing if it is deleted already. */
    public long delete(long seq, UserId user, Instant now) {
        String deleted = "select 1 from messages where room_id = ? and seq = ? and deleted_at is not null";
        if (Queries.exists(handle, deleted, room.value(), seq)) {
            return sequence.version();
        }
        update("body = ?, deleted_at = ?", "", now, seq);
        deleteFrom("reactions", seq);
        deleteFrom("mentions", seq);
        deleteFrom("open_forms", seq);
        UserId author = author(seq);
        handle.execute(
                "insert into deletions (room_id, seq, author_id) values (?, ?, ?)", room.value(), seq, author.value());
        if (!author.equals(user)) {
            new AuditLog(user, AuditEntry.Action.MESSAGE_DELETED, now)
                    .user(author)
                    .room(room)
                    .seq(seq)
                    .write(handle);
        }
        return touchWithReplies(seq);
    }

    private UserId author(long seq) {
        return handle.select("select author_id from messages where room_id = ? and seq = ?", room.value(), seq)
                .mapTo(Long.class)
                .map(UserId::new)
                .one();
    }

    long react(long seq, UserId user, Emoji emoji, Instant now) {
        requireReactions(seq, user);
        Map<String, Boolean> reactions = reactions(seq, user);
        if (reactions.getOrDefault(emoji.code(), false)) {
            return sequence.version();
        }
        if (reactions.size() >= Emoji.MAX_PER_MESSAGE && !reactions.containsKey(emoji.code())) {
            throw ChatException.invalid("refusal.reactions.many", Emoji.MAX_PER_MESSAGE);
        }
        sequence.touchReactions(seq);
        handle.execute(
                "insert into reactions (room_id, seq, emoji, user_id, reacted_at) values (?, ?, ?, ?, ?)",
                room.value(),
                seq,
                emoji.code(),
                user.value(),
                now);
        return sequence.saveVersion();
    }

    /** Returns the codes of a message's reactions, and whether the user is among those who reacted so. */
    private Map<String, Boolean> reactions(long seq, UserId user) {
        return handle.select("""
                select emoji, max(case when user_id = ? then 1 else 0 end) as own from reactions
                where room_id = ? and seq = ? group by emoji
                """, user.value(), room.value(), seq)
                .map((row, context) -> Map.entry(row.getString("emoji"), row.getInt("own") == 1))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    long unreact(long seq, UserId user, Emoji emoji) {
        requireReactions(seq, user);
        int removed = handle.execute(
                "delete from reactions where room_id = ? and seq = ? and emoji = ? and user_id = ?",
                room.value(),
                seq,
                emoji.code(),
                user.value());
        if (removed == 0) {
            return sequence.version();
        }
        sequence.touchReactions(seq);
        return sequence.saveVersion();
    }

    private void requireReactions(long seq, UserId user) {
        sequence.requireWriter(user);
        String sql = "select 1 from messages where room_id = ? and seq = ? and deleted_at is null";
        if (!Queries.exists(handle, sql, room.value(), seq)) {
            throw ChatException.noSuchMessage();
        }
    }

    private void update(String columns, String body, Instant now, long seq) {
        int updated = handle.execute(
                "update messages set " + columns + " where room_id = ? and seq = ? and deleted_at is null",
                body,
                now,
                room.value(),
                seq);
        if (updated == 0) {
            throw ChatException.noSuchMessage();
        }
        // A second statement, because the change of the body clears these columns in PostgreSQL.
        search.update(handle, room, seq, body);
    }

    private void deleteFrom(String table, long seq) {
        handle.execute("delete from " + table + " where room_id = ? and seq = ?", room.value(), seq);
    }

    /** Touches the replies too, because they quote the message. */
    private long touchWithReplies(long seq) {
        sequence.touchText(seq);
        handle.select(
                        "select seq from answers where room_id = ? and reply_to = ? order by seq desc limit ?",
                        room.value(),
                        seq,
                        MAX_REPLIES)
                .mapTo(Long.class)
                .list()
                .forEach(sequence::touch);
        return sequence.saveVersion();
    }
}
