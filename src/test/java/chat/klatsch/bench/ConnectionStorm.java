package chat.klatsch.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Connects many users to servers and stops the servers when it is closed. It signs up at most a thousand users; beyond
 * that, each has several connections.
 */
final class ConnectionStorm implements AutoCloseable {
    private static final int USERS = 1_000;

    private static final int FEW = 10;
    private static final Duration WARMING = Duration.ofSeconds(20);

    private final List<Target> servers;
    private final Optional<SignedUpUsers> users;
    private final Map<String, RoomTraffic> trafficByRoom = new HashMap<>();
    private final List<RoomTraffic> turns = new ArrayList<>();
    private final LoadGenerator generator = new LoadGenerator();
    private int turn;

    private ConnectionStorm(List<Target> servers, Optional<SignedUpUsers> users) {
        this.servers = servers;
        this.users = users;
    }

    /** Signs users up at nodes that share a database, without connecting them yet. */
    static ConnectionStorm of(int size, Target... chats) {
        return new ConnectionStorm(
                List.of(chats), Optional.of(new SignedUpUsers(chats[0].port(), Math.min(size, USERS))));
    }

    /** Uses the baseline server. @param bytes the size of each frame that it sends */
    static ConnectionStorm atBaseline(int bytes) {
        return new ConnectionStorm(List.of(Target.baseline(bytes)), Optional.empty());
    }

    /**
     * Lets a few users exchange messages in the lobby as fast as they can, so that the JVM compiles what it runs once
     * per message. {@link Load#warm} does so for what it runs once per delivery.
     */
    ConnectionStorm warm() {
        new Load(inOneRoom(FEW), Scenario.Lab.ORDINARY, WARMING).keeping(1);
        return this;
    }

    /** Connects users to the lobby until this number is reached. */
    ConnectionStorm inOneRoom(int members) {
        return in(members, number -> "lobby");
    }

    /** Connects this number of users, each to one room with this number of members. */
    ConnectionStorm inRoomsOf(int each, int members) {
        IntFunction<String> room =
                users.<IntFunction<String>>map(all -> all.rooms(each)::get).orElse(number -> "room" + number / each);
        return in(members, room);
    }

    private ConnectionStorm in(int members, IntFunction<String> room) {
        generator.connect(IntStream.range(generator.size(), members)
                .mapToObj(number -> subscriber(number, room.apply(number), Client.Part.MEMBER))
                .toList());
        return this;
    }

    Client.Subscription subscriber(int number, String room, Client.Part part) {
        RoomTraffic traffic = trafficByRoom.computeIfAbsent(room, name -> {
            RoomTraffic begun = new RoomTraffic();
            turns.add(begun);
            return begun;
        });
        int port = servers.get(number % servers.size()).port();
        String cookie = users.map(all -> all.cookie(number)).orElse("");
        return new Client.Subscription(port, "/rooms/" + room + "/live", cookie, traffic, part);
    }

    /** Returns the next room to post in, in turn. */
    RoomTraffic next() {
        return turns.get(turn++ % turns.size());
    }

    LoadGenerator generator() {
        return generator;
    }

    Target server() {
        return servers.get(0);
    }

    Duration cpu() {
        return servers.stream().map(Target::cpu).reduce(Duration.ZERO, Duration::plus);
    }

    @Override
    public void close() {
        generator.close();
        servers.forEach(Target::close);
    }
}
