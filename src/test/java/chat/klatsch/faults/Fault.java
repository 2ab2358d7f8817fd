package chat.klatsch.faults;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jdbi.v3.core.Handle;
import redis.clients.jedis.Protocol;

/** The injected faults. */
enum Fault {
    JVM_KILLED((cluster, random) -> {
        Node node = any(cluster, random);
        node.kill();
        return node::start;
    }),
    JVM_TERMINATED((cluster, random) -> {
        Node node = any(cluster, random);
        node.terminate();
        return () -> {
            node.exitCode();
            node.start();
        };
    }),
    JVM_FROZEN((cluster, random) -> {
        Node node = any(cluster, random);
        node.freeze();
        return node::thaw;
    }),
    REDIS_KILLED((cluster, random) -> {
        cluster.redis().kill();
        return cluster.redis()::start;
    }),
    REDIS_FROZEN((cluster, random) -> {
        cluster.redis().freeze();
        return cluster.redis()::thaw;
    }),
    REDIS_EMPTIED((cluster, random) -> {
        cluster.redis().call(redis -> redis.flushAll());
        return () -> {};
    }),
    SUBSCRIBERS_CUT((cluster, random) -> {
        cluster.redis().call(redis -> redis.sendCommand(Protocol.Command.CLIENT, "KILL", "TYPE", "pubsub"));
        return () -> {};
    }),
    SUBSCRIBERS_TOO_SLOW((cluster, random) -> {
        limitSubscribers(cluster, "pubsub 1 1 1");
        return () -> limitSubscribers(cluster, "pubsub 33554432 8388608 60");
    }),
    POSTGRES_KILLED((cluster, random) -> {
        cluster.postgres().kill();
        return cluster.postgres()::restart;
    }),
    POSTGRES_FROZEN((cluster, random) -> {
        cluster.postgres().freeze();
        return cluster.postgres()::thaw;
    }),
    DATABASE_CONNECTIONS_CUT((cluster, random) -> repeatedly(() -> cluster.database()
            .useHandle(handle -> handle.execute("select pg_terminate_backend(pid)"
                    + " from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()")))),
    ROOM_LOCKED((cluster, random) -> lock(cluster, Cluster.ROOMS.get(random.nextInt(Cluster.ROOMS.size()))));

    /** Injects the fault and returns the action that repairs it. */
    interface Inflicting {
        Runnable inflict(Cluster cluster, Random random);
    }

    private static final Duration BETWEEN_REPETITIONS = Duration.ofMillis(200);

    private final Inflicting inflicting;

    Fault(Inflicting inflicting) {
        this.inflicting = inflicting;
    }

    /** Injects this fault and returns the action that repairs it. */
    Runnable inflict(Cluster cluster, Random random) {
        return inflicting.inflict(cluster, random);
    }

    /** Returns whether this fault interrupts the bus between nodes. */
    boolean interruptsRedis() {
        return this == REDIS_KILLED || this == REDIS_FROZEN;
    }

    /** Holds the lock of a room's row, as a hanging transaction does. */
    static Runnable lock(Cluster cluster, String room) {
        Handle handle = cluster.database().open();
        handle.begin();
        handle.execute("select last_seq from klatsch_rooms where id = ? for update", room);
        return () -> {
            try (handle) {
                handle.rollback();
            }
        };
    }

    private static Node any(Cluster cluster, Random random) {
        return cluster.nodes().get(random.nextInt(cluster.nodes().size()));
    }

    private static void limitSubscribers(Cluster cluster, String limit) {
        cluster.redis().call(redis -> redis.configSet("client-output-buffer-limit", limit));
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
