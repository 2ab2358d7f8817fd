package chat.klatsch.store.message;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.RoomId;
import chat.klatsch.search.SearchText;
import chat.klatsch.store.Columns;
import chat.klatsch.store.Database;
import chat.klatsch.store.SqlDialect;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes messages searchable that an older version of this program has stored: in the background, the newest first, in
 * short transactions with pauses between them. Several nodes share the work. In PostgreSQL it goes on for as long as the
 * server runs, since nodes of an older version may post and edit meanwhile. One run at a time.
 */
public final class SearchBackfill {
    private static final Logger log = LoggerFactory.getLogger(SearchBackfill.class);

    /** The number of messages in one transaction, which takes some ten milliseconds. */
    private static final int BATCH = 500;

    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final Duration RETRY = Duration.ofSeconds(30);

    /** After all times that a message can have. */
    private static final Instant END = Instant.parse("9999-01-01T00:00:00Z");

    private record Missing(RoomId room, long seq, Instant postedAt) {}

    private final Database database;
    private final SearchColumns search;
    private final Executor executor;
    private final ScheduledExecutorService timer;

    /** The time of the last message of the batch before, from which H2 would otherwise search all newer ones again. */
    private Instant until = END;

    private long filled;

    public SearchBackfill(Database database, Executor executor, ScheduledExecutorService timer) {
        this.database = database;
        this.search = new SearchColumns(database.dialect());
        this.executor = executor;
        this.timer = timer;
    }

    public void start() {
        schedule(Duration.ZERO);
    }

    private void schedule(Duration delay) {
        try {
            timer.schedule(() -> executor.execute(this::run), delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closing) {
            // The server is shutting down.
        }
    }

    private void run() {
        try {
            if (fill() > 0) {
                schedule(PAUSE);
            } else if (database.dialect() == SqlDialect.POSTGRESQL) {
                schedule(RETRY);
            }
        } catch (ChatException unavailable) {
            schedule(RETRY);
        }
    }

    /** Fills one batch and returns its size, 0 once there is nothing left. */
    public int fill() {
        int size = database.inTransaction(this::fill);
        filled += size;
        if (size == 0 && filled > 0) {
            log.info("{} older messages have become searchable", filled);
            filled = 0;
            until = END;
        }
        return size;
    }

    /** Finds the messages first, since H2 neither sorts nor looks up rows by an index that it is to lock. */
    private int fill(Handle handle) {
        List<Missing> batch = handle.createQuery("""
                select room_id, seq, posted_at from messages
                where search_text is null and posted_at <= :until
                order by posted_at desc, room_id desc, seq desc limit :limit
                """)
                .bind("until", until)
                .bind("limit", BATCH)
                .map((row, context) -> new Missing(
                        new RoomId(row.getString("room_id")), row.getLong("seq"), Columns.instant(row, "posted_at")))
                .list();
        if (!batch.isEmpty()) {
            PreparedBatch updates = handle.prepareBatch(search.update());
            batch.stream()
                    .collect(Collectors.groupingBy(Missing::room, Collectors.summarizingLong(Missing::seq)))
                    .forEach((room, seqs) -> addUpdates(handle, room, seqs.getMin(), seqs.getMax(), updates));
            updates.execute();
            until = batch.get(batch.size() - 1).postedAt();
        }
        return batch.size();
    }

    /** Skips a message that is locked: another node fills it, or its author edits it. */
    private void addUpdates(Handle handle, RoomId room, long first, long last, PreparedBatch updates) {
        handle.createQuery("""
                select seq, body from messages
                where room_id = :room and seq between :first and :last and search_text is null
                limit :limit for update skip locked
                """)
                .bind("room", room.value())
                .bind("first", first)
                .bind("last", last)
                .bind("limit", BATCH)
                .map((row, context) -> Map.entry(row.getLong("seq"), SearchText.of(row.getString("body"))))
                .forEach(message -> {
                    updates.bind("room", room.value()).bind("seq", message.getKey());
                    search.bind(updates, message.getValue());
                    updates.add();
                });
    }
}
