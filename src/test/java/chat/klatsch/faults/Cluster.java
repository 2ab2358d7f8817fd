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

/** The JVMs of one chat and the servers that they lean on. */
final class Cluster implements AutoCloseable {
    /** The public rooms that everybody talks in. */
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

    /** Several JVMs on a database of their own, with a Redis between them. */
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
        Cluster fleet = new Cluster(nodes, database, Optional.of(postgres), Optional.of(redis));
        fleet.openRooms();
        return fleet;
    }

    /** One JVM with its embedded database. */
    static Cluster alone(Path scratch) {
        Path data = scratch.resolve("data");
        Node node = new Node(scratch, List.of("--data=" + data));
        Cluster fleet = new Cluster(
                List.of(node), "jdbc:h2:file:" + data.resolve("klatsch"), Optional.empty(), Optional.empty());
        end(node);
        fleet.openRooms();
        node.start();
        node.awaitReady();
        return fleet;
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

    /** For good, if there is one. */
    void loseRedis() {
        redis.ifPresent(Redis::kill);
    }

    /** Everything that the database holds. An embedded one opens for one process at a time: its JVM ends for that. */
    List<Message> stored() {
        if (postgres.isEmpty()) {
            end(nodes.get(0));
        }
        return database.withHandle(handle -> handle.createQuery("""
                        select m.room_id, m.seq, u.username, m.body
                        from messages m join users u on u.id = m.author_id order by m.room_id, m.seq
                        """)
                .map((row, context) -> new Message(
                        row.getString("room_id"), row.getLong("seq"), row.getString("username"), row.getString("body")))
                .list());
    }

    /** What has been logged that should never happen, whatever fails. */
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
                        "insert into rooms (id, name, kind) values (?, ?, 'public')", room, "The " + room)));
    }
}
