package chat.klatsch.web.socket;

import chat.klatsch.account.AccountService;
import chat.klatsch.core.ChatException;
import chat.klatsch.core.RoomId;
import chat.klatsch.core.UserId;
import chat.klatsch.event.EventBus.Event;
import chat.klatsch.event.EventListener;
import chat.klatsch.live.Connection;
import chat.klatsch.room.MembershipService;
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
final class AccessRevocation implements EventListener {
    /** As many sign-ins or people are looked up in one query. */
    private static final int AT_ONCE = 1_000;

    private final Collection<SendQueue> open;
    private final AccountService accounts;
    private final MembershipService memberships;
    private final Executor executor;
    private final AtomicLong heard = new AtomicLong();

    /** @param open the connections, live */
    AccessRevocation(
            Collection<SendQueue> open, AccountService accounts, MembershipService memberships, Executor executor) {
        this.open = open;
        this.accounts = accounts;
        this.memberships = memberships;
        this.executor = executor;
    }

    /** How often anybody's rights may have changed so far. */
    long heard() {
        return heard.get();
    }

    @Override
    public void onSessionsRevoked(Event.SessionsRevoked event) {
        heard.incrementAndGet();
        find(sendQueue -> sendQueue.user().id().equals(event.user())
                        && (event.session() == null || event.session().equals(sendQueue.session())))
                .forEach(AccessRevocation::end);
    }

    @Override
    public void onRoomChanged(Event.RoomChanged event) {
        heard.incrementAndGet();
        List<SendQueue> concerned = find(sendQueue -> sendQueue.room().equals(event.room())
                && (event.user() == null || event.user().equals(sendQueue.user().id())));
        if (!concerned.isEmpty()) {
            later(() -> endStrangers(event.room(), concerned));
        }
    }

    @Override
    public void onRoomUpdated(Event.RoomUpdated event) {}

    @Override
    public void onMessagesRead(Event.MessagesRead event) {}

    @Override
    public void onUserTyping(Event.UserTyping event) {}

    /** Whoever rings, or hears it, does not wait for the database. */
    private void later(Runnable work) {
        try {
            executor.execute(work);
        } catch (RejectedExecutionException closing) {
            // All connections end anyway.
        }
    }

    private void endStrangers(RoomId room, List<SendQueue> outboxes) {
        try {
            Set<UserId> members = memberships.membersAmong(room, people(outboxes));
            outboxes.stream()
                    .filter(sendQueue -> !members.contains(sendQueue.user().id()))
                    .forEach(AccessRevocation::end);
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
        Map<String, List<SendQueue>> bySignIn = open.stream().collect(Collectors.groupingBy(SendQueue::session));
        for (List<String> some : parts(bySignIn.keySet())) {
            Set<String> ended = new HashSet<>(some);
            ended.removeAll(accounts.openAmong(some));
            ended.forEach(signIn -> bySignIn.get(signIn).forEach(AccessRevocation::end));
        }
    }

    private void recheckMembers() {
        Map<UserId, List<SendQueue>> byPerson = open.stream()
                .collect(Collectors.groupingBy(sendQueue -> sendQueue.user().id()));
        for (List<UserId> some : parts(byPerson.keySet())) {
            List<SendQueue> theirs =
                    some.stream().flatMap(user -> byPerson.get(user).stream()).toList();
            Set<RoomId> rooms = theirs.stream().map(SendQueue::room).collect(Collectors.toSet());
            Map<RoomId, Set<UserId>> members = memberships.membersAmong(rooms, some);
            theirs.stream()
                    .filter(sendQueue -> !members.getOrDefault(sendQueue.room(), Set.of())
                            .contains(sendQueue.user().id()))
                    .forEach(AccessRevocation::end);
        }
    }

    private List<SendQueue> find(Predicate<SendQueue> wanted) {
        return open.stream().filter(wanted).toList();
    }

    private static Set<UserId> people(List<SendQueue> outboxes) {
        return outboxes.stream().map(sendQueue -> sendQueue.user().id()).collect(Collectors.toSet());
    }

    private static <T> List<List<T>> parts(Collection<T> all) {
        List<T> items = List.copyOf(all);
        return IntStream.iterate(0, from -> from < items.size(), from -> from + AT_ONCE)
                .mapToObj(from -> items.subList(from, Math.min(from + AT_ONCE, items.size())))
                .toList();
    }

    private static void end(SendQueue sendQueue) {
        sendQueue.end(Connection.CloseReason.REVOKED);
    }
}
