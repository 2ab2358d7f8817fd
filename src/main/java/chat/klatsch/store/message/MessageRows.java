package chat.klatsch.store.message;

import chat.klatsch.core.RoomId;
import chat.klatsch.core.UserId;
import chat.klatsch.message.Emoji;
import chat.klatsch.message.LogEntry;
import chat.klatsch.message.Message;
import chat.klatsch.message.Quote;
import chat.klatsch.message.Reaction;
import chat.klatsch.store.Columns;
import chat.klatsch.store.UserRows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/** How messages are selected and read: each with what came before it and what it answers, and then their reactions. */
public final class MessageRows {
    static final String SELECT = """
            select m.room_id, m.seq, m.posted_version, m.version, m.body, m.posted_at, m.edited_at, m.deleted_at,
                u.id, u.username, u.display_name,
                p.author_id as previous_author, p.posted_at as previous_at,
                q.seq as quote_seq, substring(q.body from 1 for %d) as quote_body,
                qu.id as quote_author, qu.username as quote_username, qu.display_name as quote_name
            from messages m join users u on u.id = m.author_id
            left join messages p on p.room_id = m.room_id and p.seq = m.seq - 1
            left join messages q on q.room_id = m.room_id and q.seq = m.reply_to
            left join users qu on qu.id = q.author_id
            """.formatted(Quote.LENGTH);

    static final RowMapper<LogEntry> ENTRY = (row, context) -> new LogEntry(
            new Message(
                    new RoomId(row.getString("room_id")),
                    row.getLong("seq"),
                    UserRows.USER.map(row, context),
                    row.getString("body"),
                    Columns.instant(row, "posted_at"),
                    status(row),
                    quote(row),
                    List.of()),
            row.getLong("posted_version"),
            row.getLong("version"),
            previous(row));

    private record Reacted(long seq, Emoji emoji, String username) {}

    private MessageRows() {}

    /** The same with their reactions, which only those can have that have changed since they came. */
    static List<LogEntry> withReactions(Handle handle, List<LogEntry> entries) {
        Long[] changed = entries.stream()
                .filter(entry -> entry.version() > entry.posted())
                .map(entry -> entry.message().seq())
                .toArray(Long[]::new);
        if (changed.length == 0) {
            return entries;
        }
        Map<Long, Map<Emoji, List<String>>> reactions = new HashMap<>();
        handle.createQuery("""
                select x.seq, x.emoji, u.username from reactions x join users u on u.id = x.user_id
                where x.room_id = :room and x.seq = any(:changed) order by x.reacted_at, u.id
                """)
                .bind("room", entries.get(0).message().room().value())
                .bind("changed", changed)
                .map((row, context) ->
                        new Reacted(row.getLong("seq"), Emoji.of(row.getString("emoji")), row.getString("username")))
                .forEach(reacted -> reactions
                        .computeIfAbsent(reacted.seq(), seq -> new EnumMap<>(Emoji.class))
                        .computeIfAbsent(reacted.emoji(), emoji -> new ArrayList<>())
                        .add(reacted.username()));
        return entries.stream()
                .map(entry -> with(reactions.getOrDefault(entry.message().seq(), Map.of()), entry))
                .toList();
    }

    private static LogEntry with(Map<Emoji, List<String>> reactions, LogEntry entry) {
        Message message = entry.message();
        List<Reaction> all = reactions.entrySet().stream()
                .map(said -> new Reaction(said.getKey(), said.getValue().size(), said.getValue()))
                .toList();
        return new LogEntry(
                new Message(
                        message.room(),
                        message.seq(),
                        message.author(),
                        message.body(),
                        message.postedAt(),
                        message.status(),
                        message.quote(),
                        all),
                entry.posted(),
                entry.version(),
                entry.previous());
    }

    private static Message.Status status(ResultSet row) throws SQLException {
        if (row.getObject("deleted_at") != null) {
            return Message.Status.DELETED;
        }
        return row.getObject("edited_at") == null ? Message.Status.AS_POSTED : Message.Status.EDITED;
    }

    private static Optional<Quote> quote(ResultSet row) throws SQLException {
        long seq = row.getLong("quote_seq");
        return row.wasNull()
                ? Optional.empty()
                : Optional.of(new Quote(
                        seq,
                        UserRows.user(
                                row.getLong("quote_author"),
                                row.getString("quote_username"),
                                row.getString("quote_name")),
                        row.getString("quote_body")));
    }

    private static Optional<LogEntry.Previous> previous(ResultSet row) throws SQLException {
        long author = row.getLong("previous_author");
        return row.wasNull()
                ? Optional.empty()
                : Optional.of(new LogEntry.Previous(new UserId(author), Columns.instant(row, "previous_at")));
    }
}
