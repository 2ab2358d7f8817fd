package chat.klatsch.web.socket;

import chat.klatsch.account.AccountService;
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
import gg.jte.models.runtime.JteModel;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Closes connections whose session has ended or whose user is no longer a member of the room, according to the store. An
 * event only says which connections to check, at once and together, except for sessions that this node has ended itself. A
 * periodic check covers all connections. A page whose user has signed in again connects with the new session. Thread-safe.
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
    private final PendingCheck sessions =
            new PendingCheck(checked -> ended(checked).forEach(this::signOut));
    private final PendingCheck replacedSessions =
            new PendingCheck(checked -> ended(checked).forEach(AccessRevocation::renew));
    private final PendingCheck members = new PendingCheck(this::checkMembers);
    private final List<PendingCheck> checks = List.of(replacedSessions, sessions, members);
    private final HostChecks hostChecks;
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
        this.hostChecks = new HostChecks(executor, this::signOut);
    }

    /** Returns the number of events so far that may have revoked access. */
    long count() {
        return count.get();
    }

    @Override
    public void onSessionsRevoked(Event.SessionsRevoked event) {
        Predicate<SendQueue> affected = connection -> connection.user().id().equals(event.user())
                && (event.session() == null
                        || event.session().equals(connection.session().id()));
        if (event.certain()) {
            count.incrementAndGet();
            connections.stream().filter(affected).forEach(this::signOut);
        } else {
            check(sessions, affected);
        }
    }

    @Override
    public void onSessionReplaced(Event.SessionReplaced event) {
        Predicate<SendQueue> affected = connection -> connection.session().id().equals(event.session());
        if (event.certain()) {
            count.incrementAndGet();
            connections.stream().filter(affected).forEach(AccessRevocation::renew);
        } else {
            check(replacedSessions, affected);
        }
    }

    @Override
    public void onRoomChanged(Event.RoomChanged event) {
        check(
                members,
                connection -> connection.room().equals(Optional.of(event.room()))
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
        sessions.addAll(connections);
        members.addAll(connections.stream()
                .filter(connection -> connection.room().isPresent())
                .toList());
        task.wake();
        hostChecks.check(connections);
    }

    /** Keeps the queries off the thread that publishes or receives the event. */
    private void check(PendingCheck check, Predicate<SendQueue> affected) {
        count.incrementAndGet();
        List<SendQueue> found = connections.stream().filter(affected).toList();
        if (!found.isEmpty()) {
            check.addAll(found);
            task.wake();
        }
    }

    private void run() {
        connections.stream().filter(this::hasExpired).forEach(this::signOut);
        checks.forEach(check -> check.run(connections));
    }

    /** Ends the connections of sessions that have expired, and repeats the checks that the store has not answered. */
    void checkDue() {
        if (checks.stream().anyMatch(check -> !check.isEmpty())
                || connections.stream().anyMatch(this::hasExpired)) {
            task.wake();
        }
    }

    /** Asks no store: nothing prolongs a session. */
    private boolean hasExpired(SendQueue connection) {
        return accounts.hasExpired(connection.session().expires());
    }

    /** Returns those of the connections whose session has ended. */
    private List<SendQueue> ended(List<SendQueue> candidates) {
        Set<String> ended =
                candidates.stream().map(connection -> connection.session().id()).collect(Collectors.toSet());
        for (List<String> batch : batches(ended)) {
            ended.removeAll(accounts.activeSessions(batch));
        }
        return candidates.stream()
                .filter(connection -> ended.contains(connection.session().id()))
                .toList();
    }

    private void checkMembers(List<SendQueue> candidates) {
        Map<UserId, List<SendQueue>> byUser = candidates.stream()
                .collect(Collectors.groupingBy(connection -> connection.user().id()));
        for (List<UserId> batch : batches(byUser.keySet())) {
            List<SendQueue> theirs =
                    batch.stream().flatMap(user -> byUser.get(user).stream()).toList();
            Set<RoomId> rooms = theirs.stream()
                    .map(SendQueue::room)
                    .flatMap(Optional::stream)
                    .collect(Collectors.toSet());
            Map<RoomId, Set<UserId>> members = memberships.membersAmong(rooms, batch);
            theirs.stream()
                    .filter(connection -> connection
                            .room()
                            .filter(room -> !members.getOrDefault(room, Set.of())
                                    .contains(connection.user().id()))
                            .isPresent())
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
        String told = connection
                .room()
                .map(room -> templates.roomSignedOut(new SignInLink(site, "/rooms/" + room)))
                .map(JteModel::render)
                .orElseGet(() ->
                        templates.inboxSignedOut(new SignInLink(site, "/")).render());
        connection.offer(TextFrame.of(told));
        close(connection);
    }

    /** The page goes on: it connects again with the cookie of the new session. */
    private static void renew(SendQueue connection) {
        connection.end(Connection.CloseReason.RENEWED);
    }

    private static void close(SendQueue connection) {
        connection.end(Connection.CloseReason.REVOKED);
    }
}
