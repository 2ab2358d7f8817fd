package chat.klatsch.store;

import chat.klatsch.core.RoomId;
import chat.klatsch.core.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.Optional;

/** Reads nullable columns and timestamps alike from both drivers, and converts ids to SQL arrays. */
public final class Columns {
    private Columns() {}

    public static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    public static boolean isNull(ResultSet row, String column) throws SQLException {
        return row.getObject(column) == null;
    }

    public static Optional<Long> optionalLong(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(value);
    }

    public static Long[] userIds(Collection<UserId> users) {
        return users.stream().map(UserId::value).toArray(Long[]::new);
    }

    public static String[] roomIds(Collection<RoomId> rooms) {
        return rooms.stream().map(RoomId::value).toArray(String[]::new);
    }
}
