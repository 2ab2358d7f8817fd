package chat.klatsch.room;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Who is in one room and who is writing there. A person with three tabs is there once. Somebody who leaves stays
 * for a moment, so that a reload is no departure, and changes are told at most once a second: a thousand arrivals
 * are a handful of frames. Used by the room's pump alone, but for {@link #roster} and {@link #types}.
 */
final class Presence {
    private static final Duration GRACE = Duration.ofMillis(500);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration TYPING = Duration.ofSeconds(5);
    private static final int TYPISTS = 3;

    private static final class Person {
        final User user;
        int connections;
        Instant leaves = Instant.MAX;

        Person(User user) {
            this.user = user;
        }
    }

    private final Map<String, Person> people = new TreeMap<>();
    private final Map<UserId, Person> byId = new HashMap<>();
    private final Map<UserId, Instant> typing = new ConcurrentHashMap<>();
    private List<User> typistsTold = List.of();
    private Instant toldAt = Instant.MIN;
    private volatile Roster told = Roster.EMPTY;

    /** What the room was last told. Any thread. */
    Roster roster() {
        return told;
    }

    /** All that somebody must be told who has just come. */
    List<RoomEvent> state() {
        return List.of(new RoomEvent.PresenceChanged(told), new RoomEvent.TypingChanged(typistsTold));
    }

    void arrive(User user) {
        Person person = byId.computeIfAbsent(user.id(), id -> new Person(user));
        people.put(user.username().toLowerCase(Locale.ROOT), person);
        person.connections++;
        person.leaves = Instant.MAX;
    }

    void depart(User user, Instant now) {
        Person person = byId.get(user.id());
        if (person != null && --person.connections == 0) {
            person.leaves = now.plus(GRACE);
        }
    }

    /** Any thread. */
    void types(User user, Instant now) {
        typing.put(user.id(), now.plus(TYPING));
    }

    void posted(User user) {
        typing.remove(user.id());
    }

    /** What has changed since the room was last told, if it is time to tell. */
    List<RoomEvent> news(Instant now) {
        people.values().removeIf(person -> {
            boolean gone = !person.leaves.isAfter(now);
            return gone && byId.remove(person.user.id(), person);
        });
        List<RoomEvent> news = new ArrayList<>(2);
        typing.values().removeIf(until -> !until.isAfter(now));
        List<User> typists = typists();
        if (!typists.equals(typistsTold)) {
            typistsTold = typists;
            news.add(new RoomEvent.TypingChanged(typists));
        }
        if (!now.isBefore(toldAt.plus(PAUSE))) {
            Roster roster = count();
            if (!roster.equals(told)) {
                told = roster;
                toldAt = now;
                news.add(new RoomEvent.PresenceChanged(roster));
            }
        }
        return news;
    }

    /** When {@link #news} may have something to say although nothing else happens. */
    Optional<Instant> due() {
        Stream<Instant> departures =
                people.values().stream().map(person -> person.leaves).filter(Instant.MAX::isAfter);
        Stream<Instant> pause = count().equals(told) ? Stream.of() : Stream.of(toldAt.plus(PAUSE));
        return Stream.of(departures, typing.values().stream(), pause)
                .flatMap(times -> times)
                .min(Instant::compareTo);
    }

    private Roster count() {
        return new Roster(
                people.size(),
                people.values().stream()
                        .limit(Roster.SHOWN)
                        .map(person -> person.user)
                        .toList());
    }

    private List<User> typists() {
        return typing.keySet().stream()
                .map(byId::get)
                .filter(Objects::nonNull)
                .map(person -> person.user)
                .sorted(Comparator.comparing(User::username))
                .limit(TYPISTS)
                .toList();
    }
}
