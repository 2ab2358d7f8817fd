package chat.klatsch.web.socket;

import chat.klatsch.account.AccountService;
import chat.klatsch.core.ChatException;
import chat.klatsch.core.RoomId;
import chat.klatsch.core.UserId;
import chat.klatsch.event.EventBus.Event;
import chat.klatsch.event.EventListener;
import chat.klatsch.live.Connection;
import chat.klatsch.room.MembershipService;
import chat.klatsch.web.templates.StaticTemplates;
import chat.klatsch.web.view.SignInLink;
import chat.klatsch.web.view.Site;
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
 * Closes connections whose session has ended or whose user is no longer a member of the room: on bus events, and by a
 * periodic check against the database. Thread-safe.
 */
final class AccessRevocation implements EventListener {
    /** The most sessions or users to look up in one query. */
    private static final int BATCH_SIZE = 1_000;

    private final Collection<SendQueue> connections;
    private final AccountService accounts;
    private final MembershipService memberships;
    private final Executor executor;
    private final Site site;
    private final StaticTemplates templates = new StaticTemplates();
    private final AtomicLong count = new AtomicLong();

    /** @param connections a live view of the open connections */
    AccessRevocation(
            Collection<SendQueue> connections,
            AccountService accounts,
            MembershipService memberships,
            Executor executor,
            Site site) {
        this.connections = connections;
        this.accounts = accounts;
        this.memberships = memberships;
        this.executor = executor;
        this.site = site;
    }

    /** Returns the number of events so far that may have revoked access. */
    long count() {
        return count.get();
    }

    @Override
    public void onSessionsRevoked(Event.SessionsRevoked event) {
        count.incrementAndGet();
        connections.stream()
                .filter(connection -> connection.user().id().equals(event.user())
                        && (event.session() == null || event.session().equals(connection.session())))
                .forEach(this::signOut);
    }

    @Override
    public void onRoomChanged(Event.RoomChanged event) {
        count.incrementAndGet();
        List<SendQueue> affected = connections.stream()
                .filter(connection -> connection.room().equals(event.room())
                        && (event.user() == null
                                || event.user().equals(connection.user().id())))
                .toList();
        if (!affected.isEmpty()) {
            runInBackground(() -> closeNonMembers(event.room(), affected));
        }
    }

    @Override
    public void onRoomUpdated(Event.RoomUpdated event) {}

    @Override
    public void onMessagesRead(Event.MessagesRead event) {}

    @Override
    public void onUserTyping(Event.UserTyping event) {}

    @Override
    public void onUserRenamed(Event.UserRenamed event) {}

    /** Keeps the database query off the thread that publishes or receives the event. */
    private void runInBackground(Runnable work) {
        try {
            executor.execute(work);
        } catch (RejectedExecutionException shutdown) {
            // Shutdown closes all connections.
        }
    }

    private void closeNonMembers(RoomId room, List<SendQueue> affected) {
        try {
            Set<UserId> users =
                    affected.stream().map(connection -> connection.user().id()).collect(Collectors.toSet());
            Set<UserId> members = memberships.membersAmong(room, users);
            closeIf(affected, connection -> !members.contains(connection.user().id()));
        } catch (ChatException unavailable) {
            // The next periodic check repeats the query.
        }
    }

    /** Finds sessions that have expired, and revocations whose bus event was lost. */
    void checkAll() {
        try {
            checkSessions();
            checkMembers();
        } catch (ChatException unavailable) {
            // The store has logged it, and the next check repeats the queries.
        }
    }

    private void checkSessions() {
        Map<String, List<SendQueue>> bySession =
                connections.stream().collect(Collectors.groupingBy(SendQueue::session));
        for (List<String> batch : batches(bySession.keySet())) {
            Set<String> ended = new HashSet<>(batch);
            ended.removeAll(accounts.activeSessions(batch));
            ended.forEach(session -> bySession.get(session).forEach(this::signOut));
        }
    }

    private void checkMembers() {
        Map<UserId, List<SendQueue>> byUser = connections.stream()
                .collect(Collectors.groupingBy(connection -> connection.user().id()));
        for (List<UserId> batch : batches(byUser.keySet())) {
            List<SendQueue> theirs =
                    batch.stream().flatMap(user -> byUser.get(user).stream()).toList();
            Set<RoomId> rooms = theirs.stream().map(SendQueue::room).collect(Collectors.toSet());
            Map<RoomId, Set<UserId>> members = memberships.membersAmong(rooms, batch);
            closeIf(
                    theirs,
                    connection -> !members.getOrDefault(connection.room(), Set.of())
                            .contains(connection.user().id()));
        }
    }

    private static <T> List<List<T>> batches(Collection<T> all) {
        List<T> items = List.copyOf(all);
        return IntStream.iterate(0, from -> from < items.size(), from -> from + BATCH_SIZE)
                .mapToObj(from -> items.subList(from, Math.min(from + BATCH_SIZE, items.size())))
                .toList();
    }

    private static void closeIf(Collection<SendQueue> candidates, Predicate<SendQueue> isRevoked) {
        candidates.stream().filter(isRevoked).forEach(AccessRevocation::close);
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
