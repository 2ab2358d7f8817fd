package chat.klatsch.web.socket;

import chat.klatsch.account.Accounts;
import chat.klatsch.core.ChatException;
import chat.klatsch.core.RoomId;
import chat.klatsch.core.UserId;
import chat.klatsch.event.EventBus;
import chat.klatsch.live.Connection;
import chat.klatsch.room.Doorkeeper;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Ends the connections of those who have signed out, or who do not belong to their room any more: at once when the bus
 * says so, and now and then by asking the database. Thread-safe.
 */
final class Revocation {
    /** As many sign-ins or people are looked up in one query. */
    private static final int AT_ONCE = 1_000;

    private final Collection<Outbox> open;
    private final Accounts accounts;
    private final Doorkeeper doorkeeper;
    private final Executor executor;
    private final AtomicLong heard = new AtomicLong();

    /** @param open the connections, live */
    Revocation(Collection<Outbox> open, Accounts accounts, Doorkeeper doorkeeper, Executor executor) {
        this.open = open;
        this.accounts = accounts;
        this.doorkeeper = doorkeeper;
        this.executor = executor;
    }

    /** How often anybody's rights may have changed so far. */
    long heard() {
        return heard.get();
    }

    void hear(EventBus.Signal signal) {
        if (signal instanceof EventBus.Signal.Revoked revoked) {
            heard.incrementAndGet();
            find(outbox -> outbox.user().id().equals(revoked.user())
                            && (revoked.session() == null || revoked.session().equals(outbox.session())))
                    .forEach(Revocation::end);
        } else if (signal instanceof EventBus.Signal.Changed changed) {
            heard.incrementAndGet();
            List<Outbox> concerned = find(outbox -> outbox.room().equals(changed.room())
                    && (changed.user() == null
                            || changed.user().equals(outbox.user().id())));
            if (!concerned.isEmpty()) {
                later(() -> endStrangers(changed.room(), concerned));
            }
        }
    }

    /** Whoever rings, or hears it, does not wait for the database. */
    private void later(Runnable work) {
        try {
            executor.execute(work);
        } catch (RejectedExecutionException closing) {
            // All connections end anyway.
        }
    }

    private void endStrangers(RoomId room, List<Outbox> outboxes) {
        try {
            Set<UserId> members = doorkeeper.membersAmong(room, people(outboxes));
            outboxes.stream()
                    .filter(outbox -> !members.contains(outbox.user().id()))
                    .forEach(Revocation::end);
        } catch (ChatException unavailable) {
            // While the database is away nobody can be told apart; the next recheck does it.
        }
    }

    /**
     * Ends those of whom nobody has said that they must: a sign-in has expired, or another JVM could not say so. While
     * the database is away nobody is signed in or out, comes or goes, and the next time will do.
     */
    void recheck() {
        try {
            recheckSignIns();
            recheckMembers();
        } catch (ChatException unavailable) {
            // The store has said so in the log.
        }
    }

    private void recheckSignIns() {
        Map<String, List<Outbox>> bySignIn = open.stream().collect(Collectors.groupingBy(Outbox::session));
        for (List<String> some : parts(bySignIn.keySet())) {
            Set<String> ended = new HashSet<>(some);
            ended.removeAll(accounts.openAmong(some));
            ended.forEach(signIn -> bySignIn.get(signIn).forEach(Revocation::end));
        }
    }

    private void recheckMembers() {
        Map<UserId, List<Outbox>> byPerson = open.stream()
                .collect(Collectors.groupingBy(outbox -> outbox.user().id()));
        for (List<UserId> some : parts(byPerson.keySet())) {
            List<Outbox> theirs =
                    some.stream().flatMap(user -> byPerson.get(user).stream()).toList();
            Set<RoomId> rooms = theirs.stream().map(Outbox::room).collect(Collectors.toSet());
            Map<RoomId, Set<UserId>> members = doorkeeper.membersAmong(rooms, some);
            theirs.stream()
                    .filter(outbox -> !members.getOrDefault(outbox.room(), Set.of())
                            .contains(outbox.user().id()))
                    .forEach(Revocation::end);
        }
    }

    private List<Outbox> find(Predicate<Outbox> wanted) {
        return open.stream().filter(wanted).toList();
    }

    private static Set<UserId> people(List<Outbox> outboxes) {
        return outboxes.stream().map(outbox -> outbox.user().id()).collect(Collectors.toSet());
    }

    private static <T> List<List<T>> parts(Collection<T> all) {
        List<T> items = List.copyOf(all);
        return IntStream.iterate(0, from -> from < items.size(), from -> from + AT_ONCE)
                .mapToObj(from -> items.subList(from, Math.min(from + AT_ONCE, items.size())))
                .toList();
    }

    private static void end(Outbox outbox) {
        outbox.end(Connection.Ending.REVOKED);
    }
}
