package chat.klatsch.faults;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jdbi.v3.core.Handle;
import redis.clients.jedis.Protocol;

/** What goes wrong. */
enum Fault {
    JVM_KILLED((fleet, random) -> {
        Node node = any(fleet, random);
        node.kill();
        return node::start;
    }),
    JVM_TERMINATED((fleet, random) -> {
        Node node = any(fleet, random);
        node.terminate();
        return () -> {
            node.exitCode();
            node.start();
        };
    }),
    JVM_FROZEN((fleet, random) -> {
        Node node = any(fleet, random);
        node.freeze();
        return node::thaw;
    }),
    REDIS_KILLED((fleet, random) -> {
        fleet.redis().kill();
        return fleet.redis()::start;
    }),
    REDIS_FROZEN((fleet, random) -> {
        fleet.redis().freeze();
        return fleet.redis()::thaw;
    }),
    REDIS_EMPTIED((fleet, random) -> {
        fleet.redis().tell(redis -> redis.flushAll());
        return () -> {};
    }),
    SUBSCRIBERS_CUT((fleet, random) -> {
        fleet.redis().tell(redis -> redis.sendCommand(Protocol.Command.CLIENT, "KILL", "TYPE", "pubsub"));
        return () -> {};
    }),
    SUBSCRIBERS_TOO_SLOW((fleet, random) -> {
        limitSubscribers(fleet, "pubsub 1 1 1");
        return () -> limitSubscribers(fleet, "pubsub 33554432 8388608 60");
    }),
    POSTGRES_KILLED((fleet, random) -> {
        fleet.postgres().kill();
        return fleet.postgres()::restart;
    }),
    POSTGRES_FROZEN((fleet, random) -> {
        fleet.postgres().freeze();
        return fleet.postgres()::thaw;
    }),
    DATABASE_CONNECTIONS_CUT((fleet, random) -> repeatedly(() -> fleet.database()
            .useHandle(handle -> handle.execute("select pg_terminate_backend(pid)"
                    + " from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()")))),
    ROOM_LOCKED((fleet, random) -> lock(fleet, Cluster.ROOMS.get(random.nextInt(Cluster.ROOMS.size()))));

    /** Does it, and returns what undoes it. */
    interface Inflicting {
        Runnable inflict(Cluster fleet, Random random);
    }

    private static final Duration BETWEEN_REPETITIONS = Duration.ofMillis(200);

    private final Inflicting inflicting;

    Fault(Inflicting inflicting) {
        this.inflicting = inflicting;
    }

    /** Lets it happen, and returns what undoes it. */
    Runnable inflict(Cluster fleet, Random random) {
        return inflicting.inflict(fleet, random);
    }

    /** Whether no bell rings meanwhile from one JVM to another. */
    boolean takesRedisAway() {
        return this == REDIS_KILLED || this == REDIS_FROZEN;
    }

    /** Holds the lock of a room's row, as somebody does who hangs in the middle of a transaction. */
    static Runnable lock(Cluster fleet, String room) {
        Handle handle = fleet.database().open();
        handle.begin();
        handle.execute("select last_seq from rooms where id = ? for update", room);
        return () -> {
            try (handle) {
                handle.rollback();
            }
        };
    }

    private static Node any(Cluster fleet, Random random) {
        return fleet.nodes().get(random.nextInt(fleet.nodes().size()));
    }

    private static void limitSubscribers(Cluster fleet, String limit) {
        fleet.redis().tell(redis -> redis.configSet("client-output-buffer-limit", limit));
    }

    private static Runnable repeatedly(Runnable action) {
        AtomicBoolean enough = new AtomicBoolean();
        CompletableFuture<Void> repeating = CompletableFuture.runAsync(() -> {
            while (!enough.get()) {
                action.run();
                LockSupport.parkNanos(BETWEEN_REPETITIONS.toNanos());
            }
        });
        return () -> {
            enough.set(true);
            repeating.join();
        };
    }
}
