package chat.klatsch.web.socket;

import chat.klatsch.account.AccountService;
import chat.klatsch.core.ChatException;
import chat.klatsch.core.RoomId;
import chat.klatsch.core.UserId;
import chat.klatsch.event.EventBus.Event;
import chat.klatsch.event.EventListener;
import chat.klatsch.live.Connection;
import chat.klatsch.live.SerialTask;
import chat.klatsch.room.MembershipService;
import chat.klatsch.web.templates.StaticTemplates;
import chat.klatsch.web.view.SignInLink;
import chat.klatsch.web.view.Site;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Closes connections whose session has ended or whose user is no longer a member of the room, according to the store. An
 * event only says which connections to check, at once and together, except for sessions that this node has ended itself. A
 * periodic check covers all connections. Thread-safe.
 */
final class AccessRevocation implements EventListener {
    /** The most sessions or users to look up in one query. */
    private static final int BATCH_SIZE = 1_000;

    private final Set<SendQueue> connections;
    private final AccountService accounts;
    private final MembershipService memberships;
    private final Site site;
    private final SerialTask task;
    private final StaticTemplates templates = new StaticTemplates();
    private final Set<SendQueue> sessionsToCheck = ConcurrentHashMap.newKeySet();
    private final Set<SendQueue> membersToCheck = ConcurrentHashMap.newKeySet();
    private final AtomicLong count = new AtomicLong();

    /** @param connections a live view of the open connections */
    AccessRevocation(
            Set<SendQueue> connections,
            AccountService accounts,
            MembershipService memberships,
            Executor executor,
            Site site) {
        this.connections = connections;
        this.accounts = accounts;
        this.memberships = memberships;
        this.site = site;
        this.task = new SerialTask(executor, this::run);
    }

    /** Returns the number of events so far that may have revoked access. */
    long count() {
        return count.get();
    }

    @Override
    public void onSessionsRevoked(Event.SessionsRevoked event) {
        Predicate<SendQueue> affected = connection -> connection.user().id().equals(event.user())
                && (event.session() == null || event.session().equals(connection.session()));
        if (event.certain()) {
            count.incrementAndGet();
            connections.stream().filter(affected).forEach(this::signOut);
        } else {
            check(sessionsToCheck, affected);
        }
    }

    @Override
    public void onRoomChanged(Event.RoomChanged event) {
        check(
                membersToCheck,
                connection -> connection.room().equals(event.room())
                        && (event.user() == null
                                || event.user().equals(connection.user().id())));
    }

    @Override
    public void onRoomUpdated(Event.RoomUpdated event) {}

    @Override
    public void onMessagesRead(Event.MessagesRead event) {}

    @Override
    public void onUserTyping(Event.UserTyping event) {}

    @Override
    public void onUserRenamed(Event.UserRenamed event) {}

    /** Finds revocations whose bus event was lost. */
    void checkAll() {
        sessionsToCheck.addAll(connections);
        membersToCheck.addAll(connections);
        task.wake();
    }

    /** Keeps the queries off the thread that publishes or receives the event. */
    private void check(Set<SendQueue> toCheck, Predicate<SendQueue> affected) {
        count.incrementAndGet();
        if (connections.stream().filter(affected).filter(toCheck::add).count() > 0) {
            task.wake();
        }
    }

    private void run() {
        connections.stream().filter(this::hasExpired).forEach(this::signOut);
        List<SendQueue> sessions = take(sessionsToCheck);
        List<SendQueue> members = take(membersToCheck);
        try {
            checkSessions(sessions);
            checkMembers(members);
        } catch (ChatException unavailable) {
            // The store has logged it, and ConnectionRegistry asks for the check again.
            sessionsToCheck.addAll(sessions);
            membersToCheck.addAll(members);
            sessionsToCheck.retainAll(connections);
            membersToCheck.retainAll(connections);
        }
    }

    /** Ends the connections of sessions that have expired, and repeats a check that the store has not answered. */
    void checkDue() {
        if (!sessionsToCheck.isEmpty()
                || !membersToCheck.isEmpty()
                || connections.stream().anyMatch(this::hasExpired)) {
            task.wake();
        }
    }

    /** Asks no store: nothing prolongs a session. */
    private boolean hasExpired(SendQueue connection) {
        return accounts.hasExpired(connection.expires());
    }

    private static List<SendQueue> take(Set<SendQueue> toCheck) {
        List<SendQueue> taken = List.copyOf(toCheck);
        taken.forEach(toCheck::remove);
        return taken;
    }

    private void checkSessions(List<SendQueue> candidates) {
        Map<String, List<SendQueue>> bySession = candidates.stream().collect(Collectors.groupingBy(SendQueue::session));
        for (List<String> batch : batches(bySession.keySet())) {
            Set<String> ended = new HashSet<>(batch);
            ended.removeAll(accounts.activeSessions(batch));
            ended.forEach(session -> bySession.get(session).forEach(this::signOut));
        }
    }

    private void checkMembers(List<SendQueue> candidates) {
        Map<UserId, List<SendQueue>> byUser = candidates.stream()
                .collect(Collectors.groupingBy(connection -> connection.user().id()));
        for (List<UserId> batch : batches(byUser.keySet())) {
            List<SendQueue> theirs =
                    batch.stream().flatMap(user -> byUser.get(user).stream()).toList();
            Set<RoomId> rooms = theirs.stream().map(SendQueue::room).collect(Collectors.toSet());
            Map<RoomId, Set<UserId>> members = memberships.membersAmong(rooms, batch);
            theirs.stream()
                    .filter(connection -> !members.getOrDefault(connection.room(), Set.of())
                            .contains(connection.user().id()))
                    .forEach(AccessRevocation::close);
        }
    }

    private static <T> List<List<T>> batches(Collection<T> all) {
        List<T> items = List.copyOf(all);
        return IntStream.iterate(0, from -> from < items.size(), from -> from + BATCH_SIZE)
                .mapToObj(from -> items.subList(from, Math.min(from + BATCH_SIZE, items.size())))
                .toList();
    }

    /** Tells the page first, which keeps its text, so that the user signs in again. */
    private void signOut(SendQueue connection) {
        SignInLink link = new SignInLink(site, "/rooms/" + connection.room());
        connection.offer(TextFrame.of(templates.roomSignedOut(link).render()));
        close(connection);
    }

    private static void close(SendQueue connection) {
        connection.end(Connection.CloseReason.REVOKED);
    }
}
