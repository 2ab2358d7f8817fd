package chat.klatsch.faults;

import chat.klatsch.faults.History.Message;
import chat.klatsch.fixture.Postgres;
import chat.klatsch.fixture.Redis;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Jdbi;

/** The nodes of one chat with their database and Redis server. */
final class Cluster implements AutoCloseable {
    /** The public rooms in which the users post. */
    static final List<String> ROOMS = List.of("lobby", "garden", "kitchen", "attic", "cellar");

    private final List<Node> nodes;
    private final Jdbi database;
    private final Optional<Postgres> postgres;
    private final Optional<Redis> redis;

    private Cluster(List<Node> nodes, String database, Optional<Postgres> postgres, Optional<Redis> redis) {
        this.nodes = nodes;
        this.database = Jdbi.create(database);
        this.postgres = postgres;
        this.redis = redis;
        try {
            nodes.forEach(Node::awaitReady);
        } catch (RuntimeException | AssertionError notStarted) {
            close();
            throw notStarted;
        }
    }

    /** Starts several nodes on a new database with Redis. */
    static Cluster of(int size, Path scratch, Postgres postgres) {
        String database = postgres.fresh();
        Redis redis = new Redis();
        List<String> arguments = List.of(
                "--database=" + database,
                "--redis=" + redis.url(),
                "--redis-prefix=" + UUID.randomUUID(),
                "--data=" + scratch);
        List<Node> nodes = IntStream.range(0, size)
                .mapToObj(each -> new Node(scratch, arguments))
                .toList();
        Cluster cluster = new Cluster(nodes, database, Optional.of(postgres), Optional.of(redis));
        cluster.openRooms();
        return cluster;
    }

    /** Starts one node with its embedded database. */
    static Cluster alone(Path scratch) {
        Path data = scratch.resolve("data");
        Node node = new Node(scratch, List.of("--data=" + data));
        Cluster cluster = new Cluster(
                List.of(node), "jdbc:h2:file:" + data.resolve("klatsch"), Optional.empty(), Optional.empty());
        end(node);
        cluster.openRooms();
        node.start();
        node.awaitReady();
        return cluster;
    }

    List<Node> nodes() {
        return nodes;
    }

    Jdbi database() {
        return database;
    }

    Postgres postgres() {
        return postgres.orElseThrow();
    }

    Redis redis() {
        return redis.orElseThrow();
    }

    /** Stops Redis for good, if there is one. */
    void loseRedis() {
        redis.ifPresent(Redis::kill);
    }

    /** Returns all stored messages. An embedded database opens for one process at a time, so this stops its node. */
    List<Message> stored() {
        if (postgres.isEmpty()) {
            end(nodes.get(0));
        }
        return database.withHandle(handle -> handle.createQuery("""
                        select m.room_id, m.seq, u.username, m.body
                        from klatsch_messages m join klatsch_users u on u.id = m.author_id order by m.room_id, m.seq
                        """)
                .map((row, context) -> new Message(
                        row.getString("room_id"), row.getLong("seq"), row.getString("username"), row.getString("body")))
                .list());
    }

    /** Returns the log lines that no fault explains. */
    List<String> errors() {
        return nodes.stream().flatMap(node -> node.errors().stream()).toList();
    }

    @Override
    public void close() {
        nodes.forEach(Node::close);
        redis.ifPresent(Redis::close);
    }

    private static void end(Node node) {
        node.terminate();
        node.exitCode();
    }

    private void openRooms() {
        database.useHandle(handle -> ROOMS.stream()
                .skip(1)
                .forEach(room -> handle.execute(
                        "insert into klatsch_rooms (id, name, kind) values (?, ?, 'public')", room, "The " + room)));
    }
}
