package chat.klatsch.store.program;

import chat.klatsch.core.UserId;
import chat.klatsch.message.Emoji;
import chat.klatsch.program.PersonalData;
import chat.klatsch.store.Columns;
import chat.klatsch.store.Database;
import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jspecify.annotations.Nullable;

/**
 * Writes down what is stored about a user. No index leads to the messages of a user, so all rooms are read, in ranges that
 * one statement reads quickly. Thread-safe.
 */
public final class SqlPersonalData implements PersonalData {
    private static final int ROOMS = 500;
    private static final int RANGE = 10_000;

    private static final String PROFILE = """
            select u.username, u.display_name as name, u.host_id as "hostId", u.email,
                u.email_verified_at as "emailVerifiedAt", u.about, u.time_zone as "timeZone", u.hour_cycle as "hourCycle",
                u.created_at as "createdAt", u.operator, u.banned_at as "bannedAt", p.jpeg as avatar
            from users u left join pictures p on p.user_id = u.id where u.id = ?
            """;

    private static final String ROOMS_OF_USER = """
            select r.id as room, r.name, r.kind, m.joined_at as "joinedAt", coalesce(r.owner_id = m.user_id, false) as owner
            from members m join rooms r on r.id = m.room_id where m.user_id = ? order by r.id
            """;

    private static final String DRAFTS = """
            select room_id as room, body as text from drafts where user_id = ? and body <> '' order by room_id
            """;

    private static final String FORMS = """
            select room_id as room, body as text from open_forms where user_id = ? and body <> '' order by id
            """;

    private static final String MESSAGES = """
            select room_id as room, seq, body as text, reply_to as "replyTo", posted_at as "postedAt",
                edited_at as "editedAt"
            from messages
            where room_id = ? and seq > ? and seq <= ? and author_id = ? and deleted_at is null order by room_id, seq
            """;

    private static final String REACTIONS = """
            select room_id as room, seq, emoji, reacted_at as "reactedAt" from reactions
            where room_id = ? and seq > ? and seq <= ? and user_id = ? order by room_id, seq
            """;

    private record RoomRange(String id, long lastSeq) {}

    /** The columns that are not null, by their names. */
    private static final RowMapper<Map<String, Object>> ROW = (row, context) -> {
        Map<String, Object> values = new LinkedHashMap<>();
        for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
            String name = row.getMetaData().getColumnLabel(i);
            String key = name.equals(name.toUpperCase(Locale.ROOT)) ? name.toLowerCase(Locale.ROOT) : name;
            @Nullable Object value = row.getObject(i);
            if (value != null) {
                values.put(key, value(row, i, name, value));
            }
        }
        return values;
    };

    private static Object value(ResultSet row, int column, String name, Object value) throws SQLException {
        if (name.endsWith("At")) {
            return Columns.instant(row, name);
        }
        // H2 returns a locator for a long text.
        boolean plain = value instanceof byte[] || value instanceof Number || value instanceof Boolean;
        return plain ? value : row.getString(column);
    }

    private final Database database;

    public SqlPersonalData(Database database) {
        this.database = database;
    }

    @Override
    public void write(UserId user, OutputStream out) throws IOException {
        try (JsonGenerator json = new JsonFactory()
                .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
                .createGenerator(out, JsonEncoding.UTF8)) {
            json.writeStartObject();
            for (Map<String, Object> profile : rows(PROFILE, user.value())) {
                write(json, profile);
            }
            writeAll(json, "rooms", rows(ROOMS_OF_USER, user.value()));
            writeAll(json, "drafts", rows(DRAFTS, user.value()));
            writeAll(json, "edits", rows(FORMS, user.value()));
            writeFromRooms(json, "messages", MESSAGES, user);
            writeFromRooms(json, "reactions", REACTIONS, user);
            json.writeEndObject();
        }
    }

    private void writeFromRooms(JsonGenerator json, String name, String sql, UserId user) throws IOException {
        json.writeArrayFieldStart(name);
        String after = "";
        List<RoomRange> rooms;
        while (!(rooms = roomsAfter(after)).isEmpty()) {
            for (RoomRange room : rooms) {
                for (long seq = 0; seq < room.lastSeq(); seq += RANGE) {
                    writeRows(json, rows(sql, room.id(), seq, seq + RANGE, user.value()));
                }
                after = room.id();
            }
        }
        json.writeEndArray();
    }

    private List<RoomRange> roomsAfter(String id) {
        return database.read(
                handle -> handle.select("select id, last_seq from rooms where id > ? order by id limit ?", id, ROOMS)
                        .map((row, context) -> new RoomRange(row.getString("id"), row.getLong("last_seq")))
                        .list());
    }

    private List<Map<String, Object>> rows(String sql, Object... values) {
        return database.read(handle -> handle.select(sql, values).map(ROW).list());
    }

    private static void writeAll(JsonGenerator json, String name, List<Map<String, Object>> rows) throws IOException {
        json.writeArrayFieldStart(name);
        writeRows(json, rows);
        json.writeEndArray();
    }

    private static void writeRows(JsonGenerator json, List<Map<String, Object>> rows) throws IOException {
        for (Map<String, Object> row : rows) {
            json.writeStartObject();
            write(json, row);
            json.writeEndObject();
        }
    }

    private static void write(JsonGenerator json, Map<String, Object> row) throws IOException {
        for (Map.Entry<String, Object> column : row.entrySet()) {
            json.writeFieldName(column.getKey());
            Object value = column.getValue();
            if (value instanceof byte[] bytes) {
                json.writeBinary(bytes);
            } else if (value instanceof Number number) {
                json.writeNumber(number.longValue());
            } else if (value instanceof Boolean flag) {
                json.writeBoolean(flag);
            } else if (column.getKey().equals("emoji")) {
                json.writeString(Emoji.stored(value.toString()).symbol());
            } else {
                json.writeString(value.toString());
            }
        }
    }
}
