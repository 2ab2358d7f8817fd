package chat.klatsch.store;

import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Runs queries for at most one row of one column, with positional parameters. */
public final class Queries {
    private Queries() {}

    public static <T> Optional<T> find(Handle handle, Class<T> type, String sql, Object... values) {
        return handle.select(sql, values).mapTo(type).findOne();
    }

    public static boolean exists(Handle handle, String sql, Object... values) {
        return find(handle, Integer.class, sql, values).isPresent();
    }
}
