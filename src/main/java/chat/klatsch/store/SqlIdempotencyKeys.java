package chat.klatsch.store;

import chat.klatsch.core.IdempotencyKey;
import chat.klatsch.core.IdempotencyKeys;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;

/** Stores the idempotency keys of requests. Thread-safe. */
public final class SqlIdempotencyKeys implements IdempotencyKeys {
    private final Database database;
    private final Clock clock;

    public SqlIdempotencyKeys(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    @Override
    public Optional<String> answer(IdempotencyKey key) {
        return database.read(handle -> Queries.find(
                handle, String.class, "select answer from idempotency_keys where digest = ?", key.digest()));
    }

    @Override
    public <T> T once(IdempotencyKey key, Supplier<T> action) {
        return database.pendingKeys().during(key, clock.instant(), action);
    }

    @Override
    public void record() {
        database.inTransaction(handle -> handle);
    }
}
