package chat.klatsch.store.program;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.RoomId;
import chat.klatsch.core.UserId;
import chat.klatsch.program.ProgramRoom;
import chat.klatsch.program.ProgramRoomStore;
import chat.klatsch.room.Room;
import chat.klatsch.room.RoomName;
import chat.klatsch.store.Columns;
import chat.klatsch.store.Database;
import chat.klatsch.store.DuplicateKeyException;
import chat.klatsch.store.Queries;
import chat.klatsch.store.RoomLock;
import chat.klatsch.store.room.RoomRows;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jspecify.annotations.Nullable;

/** Stores the rooms of programs; no statement reads a private chat. Thread-safe. */
public final class SqlProgramRoomStore implements ProgramRoomStore {
    private static final RowMapper<ProgramRoom> ROOM = (row, context) -> new ProgramRoom(
            new RoomId(row.getString("id")),
            RoomRows.kind(row),
            row.getString("name"),
            Optional.ofNullable(row.getString("program_key")),
            row.getInt("members"),
            row.getLong("last_seq"),
            Columns.instant(row, "created_at"));

    private final Database database;

    public SqlProgramRoomStore(Database database) {
        this.database = database;
    }

    @Override
    public Optional<ProgramRoom> find(RoomId id) {
        return rooms("r.id = ?", id.value()).stream().findFirst();
    }

    @Override
    public Optional<ProgramRoom> find(String key) {
        return rooms("r.program_key = ?", key).stream().findFirst();
    }

    @Override
    public List<ProgramRoom> of(UserId member) {
        return rooms("exists (select 1 from members x where x.room_id = r.id and x.user_id = ?)", member.value());
    }

    private List<ProgramRoom> rooms(String condition, Object value) {
        String sql = """
                select r.id, r.kind, r.name, r.program_key, r.last_seq, r.created_at,
                    (select count(*) from members m where m.room_id = r.id) as members
                from rooms r where r.kind <> 'direct' and\s""" + condition + """
                 order by case r.kind when 'public' then 0 else 1 end, lower(r.name), r.id
                """;
        return database.read(handle -> handle.select(sql, value).map(ROOM).list());
    }

    @Override
    public void create(RoomId id, Room.Kind kind, RoomName name, String key, UserId owner, Instant now) {
        @Nullable String stored = key.isEmpty() ? null : key;
        try {
            database.inTransaction(handle -> handle.execute(
                    "insert into rooms (id, name, kind, owner_id, open_name, program_key, created_at)"
                            + " values (?, ?, ?, ?, ?, ?, ?)",
                    id.value(),
                    name.value(),
                    kind.name().toLowerCase(Locale.ROOT),
                    owner.value(),
                    kind == Room.Kind.OPEN ? name.comparable() : null,
                    stored,
                    now));
        } catch (DuplicateKeyException e) {
            if (key.isEmpty() || find(key).isEmpty()) {
                throw taken();
            }
        }
    }

    @Override
    public void rename(RoomId id, RoomName name) {
        try {
            database.inTransaction(handle -> {
                RoomLock.lock(handle, id);
                String kind = Queries.find(handle, String.class, "select kind from rooms where id = ?", id.value())
                        .orElseThrow(ChatException::roomNotFound);
                return handle.execute(
                        "update rooms set name = ?, open_name = ? where id = ?",
                        name.value(),
                        kind.equals("open") ? name.comparable() : null,
                        id.value());
            });
        } catch (DuplicateKeyException e) {
            throw taken();
        }
    }

    private static ChatException taken() {
        return new ChatException(ChatException.Kind.TAKEN, "refusal.room.name.taken");
    }
}
