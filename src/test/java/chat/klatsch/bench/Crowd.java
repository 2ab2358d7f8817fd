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
final class Crowd implements AutoCloseable {
    private static final int PEOPLE = 1_000;

    private static final int FEW = 10;
    private static final Duration WARMING = Duration.ofSeconds(20);

    private final List<Target> servers;
    private final Optional<People> people;
    private final Map<String, Talk> talks = new HashMap<>();
    private final List<Talk> turns = new ArrayList<>();
    private final Swarm swarm = new Swarm();
    private int turn;

    private Crowd(List<Target> servers, Optional<People> people) {
        this.servers = servers;
        this.people = people;
    }

    /** In front of chats that share their database; they are signed up, and not connected yet. */
    static Crowd of(int size, Target... chats) {
        return new Crowd(List.of(chats), Optional.of(new People(chats[0].port(), Math.min(size, PEOPLE))));
    }

    /** In front of the least that a server can do. @param bytes in each frame that it sends */
    static Crowd atYardstick(int bytes) {
        return new Crowd(List.of(Target.yardstick(bytes)), Optional.empty());
    }

    /**
     * A few talk in the public room before the others come to it, as fast as they hear each other: what a server does once
     * for each message is compiled then. What it does for each who hears it, {@link Load#warm} sees to.
     */
    Crowd warm() {
        new Load(inOneRoom(FEW), Scenario.Lab.ORDINARY, WARMING).keeping(1);
        return this;
    }

    /** So many are connected to the public room, together with those who have been before. */
    Crowd inOneRoom(int members) {
        return in(members, number -> "lobby");
    }

    /** So many are connected, each to one room that has so many members. */
    Crowd inRoomsOf(int each, int members) {
        IntFunction<String> room =
                people.<IntFunction<String>>map(all -> all.rooms(each)::get).orElse(number -> "room" + number / each);
        return in(members, room);
    }

    private Crowd in(int members, IntFunction<String> room) {
        swarm.connect(IntStream.range(swarm.size(), members)
                .mapToObj(number -> seat(number, room.apply(number), Client.Part.MEMBER))
                .toList());
        return this;
    }

    Client.Seat seat(int number, String room, Client.Part part) {
        Talk talk = talks.computeIfAbsent(room, name -> {
            Talk begun = new Talk();
            turns.add(begun);
            return begun;
        });
        int port = servers.get(number % servers.size()).port();
        String cookie = people.map(all -> all.cookie(number)).orElse("");
        return new Client.Seat(port, "/rooms/" + room + "/live", cookie, talk, part);
    }

    /** The room whose turn it is to hear something. */
    Talk next() {
        return turns.get(turn++ % turns.size());
    }

    Swarm swarm() {
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
