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
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/** Selects and reads messages, each with its predecessor and quote, and adds their reactions. */
final class MessageRows {
    static final String SELECT = String.format(Locale.ROOT, """
            select m.room_id, m.seq, m.posted_version, m.version, m.body, m.posted_at, m.edited_at, m.deleted_at,
                u.id, u.username, u.display_name, u.avatar,
                p.author_id as previous_author, p.posted_at as previous_at,
                q.seq as quote_seq, substring(q.body from 1 for %s) as quote_body,
                qu.id as quote_author, qu.username as quote_username, qu.display_name as quote_name
            from messages m join users u on u.id = m.author_id
            left join messages p on p.room_id = m.room_id and p.seq = m.seq - 1
            left join messages q on q.room_id = m.room_id and q.seq = m.reply_to
            left join users qu on qu.id = q.author_id
            """, Quote.MAX_LENGTH);

    static final RowMapper<LogEntry> ENTRY = (row, context) -> new LogEntry(
            new Message(
                    new RoomId(row.getString("room_id")),
                    row.getLong("seq"),
                    UserRows.USER.map(row, context),
                    row.getString("body"),
                    Columns.instant(row, "posted_at"),
                    status(row),
                    quote(row),
                    List.of(),
                    Set.of(),
                    changedAt(row)),
            row.getLong("posted_version"),
            row.getLong("version"),
            previous(row, "previous_author", "previous_at"));

    private record ReactionRow(long seq, Emoji emoji, String username) {}

    private MessageRows() {}

    /** Adds reactions to entries of one room. An entry that is unchanged since it was posted has none. */
    static List<LogEntry> withReactions(Handle handle, List<LogEntry> entries) {
        Long[] changed = entries.stream()
                .filter(entry -> entry.version() > entry.posted())
                .map(entry -> entry.message().seq())
                .toArray(Long[]::new);
        if (changed.length == 0) {
            return entries;
        }
        Map<Long, Map<Emoji, List<String>>> reactions = new HashMap<>();
        handle.select("""
                select x.seq, x.emoji, u.username from reactions x join users u on u.id = x.user_id
                where x.room_id = ? and x.seq = any(?) order by x.reacted_at, u.id
                """, entries.get(0).message().room().value(), changed)
                .map((row, context) -> new ReactionRow(
                        row.getLong("seq"), Emoji.stored(row.getString("emoji")), row.getString("username")))
                .forEach(reaction -> reactions
                        .computeIfAbsent(reaction.seq(), seq -> new LinkedHashMap<>())
                        .computeIfAbsent(reaction.emoji(), emoji -> new ArrayList<>())
                        .add(reaction.username()));
        return entries.stream()
                .map(entry -> with(reactions.getOrDefault(entry.message().seq(), Map.of()), entry))
                .toList();
    }

    private static LogEntry with(Map<Emoji, List<String>> reactions, LogEntry entry) {
        return entry.with(entry.message()
                .withReactions(reactions.entrySet().stream()
                        .map(users ->
                                new Reaction(users.getKey(), users.getValue().size(), users.getValue()))
                        .sorted(Comparator.comparing(
                                reaction -> reaction.emoji().rank()))
                        .toList()));
    }

    private static Message.Status status(ResultSet row) throws SQLException {
        if (!Columns.isNull(row, "deleted_at")) {
            return Message.Status.DELETED;
        }
        return Columns.isNull(row, "edited_at") ? Message.Status.POSTED : Message.Status.EDITED;
    }

    private static Optional<Instant> changedAt(ResultSet row) throws SQLException {
        String column = Columns.isNull(row, "deleted_at") ? "edited_at" : "deleted_at";
        return Columns.isNull(row, column) ? Optional.empty() : Optional.of(Columns.instant(row, column));
    }

    private static Optional<Quote> quote(ResultSet row) throws SQLException {
        return Columns.isNull(row, "quote_seq")
                ? Optional.empty()
                : Optional.of(new Quote(
                        row.getLong("quote_seq"),
                        UserRows.user(
                                row.getLong("quote_author"),
                                row.getString("quote_username"),
                                row.getString("quote_name")),
                        row.getString("quote_body")));
    }

    static Optional<LogEntry.Previous> previous(ResultSet row, String author, String postedAt) throws SQLException {
        return Columns.isNull(row, author)
                ? Optional.empty()
                : Optional.of(new LogEntry.Previous(new UserId(row.getLong(author)), Columns.instant(row, postedAt)));
    }
}
