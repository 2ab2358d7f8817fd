package chat.klatsch.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** People in front of servers, which end with it. A thousand is enough of them: beyond that, each has several tabs. */
final class ConnectionStorm implements AutoCloseable {
    private static final int PEOPLE = 1_000;

    private static final int FEW = 10;
    private static final Duration WARMING = Duration.ofSeconds(20);

    private final List<Target> servers;
    private final Optional<SignedUpUsers> people;
    private final Map<String, RoomTraffic> talks = new HashMap<>();
    private final List<RoomTraffic> turns = new ArrayList<>();
    private final LoadGenerator swarm = new LoadGenerator();
    private int turn;

    private ConnectionStorm(List<Target> servers, Optional<SignedUpUsers> people) {
        this.servers = servers;
        this.people = people;
    }

    /** In front of chats that share their database; they are signed up, and not connected yet. */
    static ConnectionStorm of(int size, Target... chats) {
        return new ConnectionStorm(
                List.of(chats), Optional.of(new SignedUpUsers(chats[0].port(), Math.min(size, PEOPLE))));
    }

    /** In front of the least that a server can do. @param bytes in each frame that it sends */
    static ConnectionStorm atYardstick(int bytes) {
        return new ConnectionStorm(List.of(Target.yardstick(bytes)), Optional.empty());
    }

    /**
     * A few talk in the public room before the others come to it, as fast as they hear each other: what a server does once
     * for each message is compiled then. What it does for each who hears it, {@link Load#warm} sees to.
     */
    ConnectionStorm warm() {
        new Load(inOneRoom(FEW), Scenario.Lab.ORDINARY, WARMING).keeping(1);
        return this;
    }

    /** So many are connected to the public room, together with those who have been before. */
    ConnectionStorm inOneRoom(int members) {
        return in(members, number -> "lobby");
    }

    /** So many are connected, each to one room that has so many members. */
    ConnectionStorm inRoomsOf(int each, int members) {
        IntFunction<String> room =
                people.<IntFunction<String>>map(all -> all.rooms(each)::get).orElse(number -> "room" + number / each);
        return in(members, room);
    }

    private ConnectionStorm in(int members, IntFunction<String> room) {
        swarm.connect(IntStream.range(swarm.size(), members)
                .mapToObj(number -> subscriber(number, room.apply(number), Client.Part.MEMBER))
                .toList());
        return this;
    }

    Client.Seat subscriber(int number, String room, Client.Part part) {
        RoomTraffic talk = talks.computeIfAbsent(room, name -> {
            RoomTraffic begun = new RoomTraffic();
            turns.add(begun);
            return begun;
        });
        int port = servers.get(number % servers.size()).port();
        String cookie = people.map(all -> all.cookie(number)).orElse("");
        return new Client.Seat(port, "/rooms/" + room + "/live", cookie, talk, part);
    }

    /** The room whose turn it is to hear something. */
    RoomTraffic next() {
        return turns.get(turn++ % turns.size());
    }

    LoadGenerator swarm() {
        return swarm;
    }

    Target server() {
        return servers.get(0);
    }

    Duration cpu() {
        return servers.stream().map(Target::cpu).reduce(Duration.ZERO, Duration::plus);
    }

    @Override
    public void close() {
        swarm.close();
        servers.forEach(Target::close);
    }
}
