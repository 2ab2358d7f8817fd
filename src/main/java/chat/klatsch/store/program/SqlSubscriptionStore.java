package chat.klatsch.store.program;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.RoomId;
import chat.klatsch.program.Position;
import chat.klatsch.program.RoomBehind;
import chat.klatsch.program.SubscriptionStore;
import chat.klatsch.store.Columns;
import chat.klatsch.store.Database;
import chat.klatsch.store.DuplicateKeyException;
import chat.klatsch.store.Queries;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/** Stores named subscriptions. Each change is one transaction, which renews the lease first. Thread-safe. */
public final class SqlSubscriptionStore implements SubscriptionStore {
    private static final String UNTIL = "current_timestamp + interval '" + LEASE.toSeconds() + "' second";

    /** A lease that would last longer than any is of a time before the database's clock was set back. */
    private static final String IMPOSSIBLE = "lease_until > current_timestamp + interval '"
            + LEASE.plusMinutes(1).toSeconds() + "' second";

    private static final String MINE_OR_NOBODYS =
            " where name = ? and (holder = ? or lease_until < current_timestamp or " + IMPOSSIBLE + ")";

    private static final String RENEW =
            "update subscriptions set lease_until = " + UNTIL + " where name = ? and holder = ?";

    private final Database database;

    public SqlSubscriptionStore(Database database) {
        this.database = database;
    }

    @Override
    public void create(String name, Optional<RoomId> only) {
        String room = only.map(RoomId::value).orElse("");
        if (roomOf(name).isEmpty()) {
            try {
                database.inTransaction(handle -> insert(handle, name, room));
            } catch (DuplicateKeyException e) {
                // Another node has created it at the same time.
            }
        }
        if (!roomOf(name).equals(Optional.of(room))) {
            throw ChatException.invalid("refusal.subscription", name);
        }
    }

    private Optional<String> roomOf(String name) {
        return database.read(handle ->
                Queries.find(handle, String.class, "select only_room from subscriptions where name = ?", name));
    }

    /** Inserts the subscription after everything that is there. A room that is created meanwhile is told from its beginning. */
    private static int insert(Handle handle, String name, String room) {
        handle.execute("""
                insert into subscriptions (name, only_room, lease_until, member_version)
                select cast(? as varchar), cast(? as varchar), current_timestamp, version from member_change_counter
                """, name, room);
        return handle.createUpdate("""
                insert into subscription_positions (name, room_id, told_version, read_version, seq)
                select cast(:name as varchar), id, last_version, last_version, last_seq from rooms
                where kind <> 'direct' and (:room = '' or id = :room)
                """).bind("name", name).bind("room", room).execute();
    }

    @Override
    public boolean acquire(String name, String holder) {
        // Reads first, because nodes that only wait ask every second.
        return database.read(
                        handle -> Queries.exists(handle, "select 1 from subscriptions" + MINE_OR_NOBODYS, name, holder))
                && database.inTransaction(handle -> handle.execute(
                                "update subscriptions set holder = ?, lease_until = " + UNTIL + MINE_OR_NOBODYS,
                                holder,
                                name,
                                holder)
                        > 0);
    }

    @Override
    public boolean renew(String name, String holder) {
        return ifHeld(name, holder, handle -> {});
    }

    @Override
    public void release(String name, String holder) {
        database.inTransaction(handle -> handle.execute(
                "update subscriptions set holder = '', lease_until = current_timestamp where name = ? and holder = ?",
                name,
                holder));
    }

    @Override
    public List<RoomBehind> behind(String name, Optional<? extends Collection<RoomId>> among, int limit) {
        return database.read(handle -> handle.createQuery(
                        """
                select r.id, r.last_version, coalesce(p.told_version, 0) as told, coalesce(p.read_version, 0) as reached,
                    coalesce(p.seq, 0) as seq
                from rooms r left join subscription_positions p on p.room_id = r.id and p.name = :name
                where r.kind <> 'direct' and r.last_version > coalesce(p.read_version, 0)
                """ + (among.isPresent() ? " and r.id = any(:rooms)" : "") + " order by r.id limit :limit")
                .bindMap(Map.of(
                        "name",
                        name,
                        "rooms",
                        among.map(Columns::roomIds).orElseGet(() -> new String[0]),
                        "limit",
                        limit))
                .map((row, context) -> new RoomBehind(
                        new Position(
                                new RoomId(row.getString("id")),
                                row.getLong("told"),
                                row.getLong("reached"),
                                row.getLong("seq")),
                        row.getLong("last_version")))
                .list());
    }

    @Override
    public boolean advance(String name, String holder, Position position) {
        return ifHeld(name, holder, handle -> store(handle, name, position));
    }

    /** Does nothing if the room is deleted. */
    private static void store(Handle handle, String name, Position position) {
        Map<String, Object> values = Map.of(
                "name", name,
                "room", position.room().value(),
                "told", position.told(),
                "reached", position.read(),
                "seq", position.seq());
        int updated = handle.createUpdate("""
                update subscription_positions set told_version = :told, read_version = :reached, seq = :seq
                where name = :name and room_id = :room
                """).bindMap(values).execute();
        if (updated == 0) {
            handle.createUpdate("""
                    insert into subscription_positions (name, room_id, told_version, read_version, seq)
                    select cast(:name as varchar), id, cast(:told as bigint), cast(:reached as bigint),
                        cast(:seq as bigint)
                    from rooms where id = :room
                    """).bindMap(values).execute();
        }
    }

    @Override
    public long memberVersion(String name) {
        return database.read(handle -> Queries.find(
                        handle, Long.class, "select member_version from subscriptions where name = ?", name)
                .orElse(0L));
    }

    @Override
    public boolean advanceMembers(String name, String holder, long version) {
        String sql = "update subscriptions set member_version = ? where name = ?";
        return ifHeld(name, holder, handle -> handle.execute(sql, version, name));
    }

    private boolean ifHeld(String name, String holder, Consumer<Handle> change) {
        return database.inTransaction(handle -> {
            boolean held = handle.execute(RENEW, name, holder) > 0;
            if (held) {
                change.accept(handle);
            }
            return held;
        });
    }

    @Override
    public void forget(String name) {
        database.inTransaction(handle -> {
            // Waits for a holder that stores a position, and keeps it from storing another.
            handle.execute("update subscriptions set holder = '' where name = ?", name);
            handle.execute("delete from subscription_positions where name = ?", name);
            return handle.execute("delete from subscriptions where name = ?", name);
        });
    }
}
