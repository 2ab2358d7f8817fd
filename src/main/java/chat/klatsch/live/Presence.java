package chat.klatsch.live;

import chat.klatsch.core.User;
import chat.klatsch.core.UserId;
import chat.klatsch.event.PresenceReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * Who is in one room, here and on other JVMs, and who is writing there. A person with three tabs is there once.
 * Changes are told at most once a second: a thousand arrivals are a handful of frames. Used by the room's pump alone,
 * but for the methods that say otherwise.
 */
final class Presence {
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** Shorter, because those who are told pause once more. */
    private static final Duration REPORT_PAUSE = Duration.ofMillis(250);

    private static final Duration TYPING = Duration.ofSeconds(5);
    private static final int TYPISTS = 3;

    private record Typist(User user, Instant until) {}

    private final RoomSummaryCache summaryCache;
    private final LocalPresence here = new LocalPresence();
    private final Map<String, PresenceReport> elsewhere = new ConcurrentHashMap<>();
    private final Map<UserId, Typist> typing = new ConcurrentHashMap<>();
    private final AtomicLong changesElsewhere = new AtomicLong();
    private volatile boolean certain = true;
    private List<User> typistsTold = List.of();
    private Instant toldAt = Instant.EPOCH;
    private volatile Roster told = Roster.EMPTY;
    private Instant reportedAt = Instant.EPOCH;
    private volatile PresenceReport reported = PresenceReport.NOBODY;
    private long reportedChanges;
    private Roster counted = Roster.EMPTY;
    private long countedChanges;

    Presence(RoomSummaryCache summaryCache) {
        this.summaryCache = summaryCache;
    }

    /** What the room was last told. Any thread. */
    Roster roster() {
        return told;
    }

    /** Everybody who is here, but for changes of the last moment. Any thread. */
    Set<UserId> people() {
        Set<UserId> people = new HashSet<>(reported.people());
        elsewhere.values().forEach(attendance -> people.addAll(attendance.people()));
        return people;
    }

    /** All that somebody must be told who has just come. */
    List<RoomEvent> state() {
        List<RoomEvent> state = new ArrayList<>(3);
        summaryCache.name().ifPresent(state::add);
        state.add(new RoomEvent.PresenceChanged(told));
        state.add(new RoomEvent.TypingChanged(typistsTold));
        return state;
    }

    void arrive(User user) {
        here.take(user);
    }

    void depart(User user, Instant now) {
        here.leave(user, now);
    }

    /** Any thread. */
    void types(User user, Instant now) {
        typing.put(user.id(), new Typist(user, now.plus(TYPING)));
    }

    void posted(User user) {
        typing.remove(user.id());
    }

    /** Any thread. */
    void attending(String jvm, PresenceReport people) {
        if (people.people().isEmpty()) {
            elsewhere.remove(jvm);
        } else {
            elsewhere.put(jvm, people);
        }
        changesElsewhere.incrementAndGet();
    }

    /** Whether the other JVMs can be heard; while not, their people stay. Any thread. */
    void hearing(boolean others) {
        certain = others;
        changesElsewhere.incrementAndGet();
    }

    /** What has changed since the room was last told, if it is time to tell. */
    List<RoomEvent> news(Instant now) {
        here.clear(now);
        List<RoomEvent> news = new ArrayList<>(summaryCache.news());
        typing.values().removeIf(typist -> !typist.until().isAfter(now));
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

    /** Who is here, for the other JVMs, if that has changed and it is time to tell. */
    Optional<PresenceReport> report(Instant now) {
        if (here.changes() == reportedChanges || now.isBefore(reportedAt.plus(REPORT_PAUSE))) {
            return Optional.empty();
        }
        reportedChanges = here.changes();
        reportedAt = now;
        reported = here.attendance();
        return Optional.of(reported);
    }

    /** When {@link #news} or {@link #report} may have something to say although nothing else happens. */
    Optional<Instant> due() {
        Stream<Instant> typists = typing.values().stream().map(Typist::until);
        Stream<Instant> telling = count().equals(told) ? Stream.of() : Stream.of(toldAt.plus(PAUSE));
        Stream<Instant> reporting =
                here.changes() == reportedChanges ? Stream.of() : Stream.of(reportedAt.plus(REPORT_PAUSE));
        return Stream.of(here.departures(), typists, telling, reporting, summaryCache.due().stream())
                .flatMap(times -> times)
                .min(Instant::compareTo);
    }

    /** Counts anew only when somebody has come or gone: it is asked each time that messages are told. */
    private Roster count() {
        long changes = here.changes() + changesElsewhere.get() + summaryCache.changes();
        if (changes != countedChanges) {
            countedChanges = changes;
            counted = elsewhere.isEmpty() ? roster(here.count(), here.first().stream()) : countAll();
        }
        return counted;
    }

    private Roster countAll() {
        Set<UserId> others = new HashSet<>();
        elsewhere.values().forEach(attendance -> others.addAll(attendance.people()));
        others.removeIf(here::isTakenBy);
        Set<User> first = new TreeSet<>(User.BY_NAME);
        first.addAll(here.first());
        elsewhere.values().forEach(attendance -> first.addAll(attendance.first()));
        return roster(here.count() + others.size(), first.stream());
    }

    private Roster roster(int online, Stream<User> people) {
        return Roster.of(online, people.limit(PresenceReport.SHOWN).toList(), summaryCache.summary(), certain);
    }

    private List<User> typists() {
        if (typing.isEmpty()) {
            return List.of();
        }
        return typing.values().stream()
                .map(Typist::user)
                .filter(user ->
                        isHere(user.id()) && !summaryCache.summary().muted().contains(user.id()))
                .sorted(Comparator.comparing(User::username))
                .limit(TYPISTS)
                .toList();
    }

    private boolean isHere(UserId user) {
        return here.isTakenBy(user)
                || elsewhere.values().stream()
                        .anyMatch(attendance -> attendance.people().contains(user));
    }
}
