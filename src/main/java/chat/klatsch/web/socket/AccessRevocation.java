package chat.klatsch.web.socket;

import chat.klatsch.account.AccountService;
import chat.klatsch.event.EventBus.Event;
import chat.klatsch.event.EventListener;
import chat.klatsch.live.Connection;
import chat.klatsch.live.SerialTask;
import chat.klatsch.room.MembershipService;
import chat.klatsch.web.templates.StaticTemplates;
import chat.klatsch.web.view.SignInLink;
import chat.klatsch.web.view.Site;
import gg.jte.models.runtime.JteModel;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/**
 * Closes connections whose session has ended or whose user is no longer a member of the room, according to the store. An
 * event only says which connections to check, at once and together, except for sessions that this node has ended itself. A
 * periodic check covers all connections. A page whose user has signed in again connects with the new session. Thread-safe.
 */
final class AccessRevocation implements EventListener {
    private final Set<SendQueue> connections;
    private final AccountService accounts;
    private final Site site;
    private final SerialTask task;
    private final StaticTemplates templates = new StaticTemplates();
    private final PendingCheck sessions;
    private final PendingCheck replacedSessions;
    private final PendingCheck members;
    private final List<PendingCheck> checks;
    private final HostChecks hostChecks;
    private final AtomicLong count = new AtomicLong();

    /**
     * @param connections a live view of the open connections
     * @param waiting runs the questions to the host, which may not answer for long
     */
    AccessRevocation(
            Set<SendQueue> connections,
            AccountService accounts,
            MembershipService memberships,
            Executor executor,
            Executor waiting,
            Site site) {
        this.connections = connections;
        this.accounts = accounts;
        this.site = site;
        StoredAccess access = new StoredAccess(accounts, memberships);
        this.sessions =
                new PendingCheck(checked -> access.withoutSession(checked).forEach(this::signOut));
        this.replacedSessions =
                new PendingCheck(checked -> access.withoutSession(checked).forEach(AccessRevocation::renew));
        this.members =
                new PendingCheck(checked -> access.withoutMembership(checked).forEach(AccessRevocation::close));
        this.checks = List.of(replacedSessions, sessions, members);
        this.task = new SerialTask(executor, this::run);
        this.hostChecks = new HostChecks(waiting, this::signOut);
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

    /** Tells the page first, which keeps its text, so that the user signs in again. */
    private void signOut(SendQueue connection) {
        Site page = (connection.isEmbedded() ? site.embedded() : site)
                .in(connection.readerStyle().texts());
        String told = connection
                .room()
                .map(room -> templates.roomSignedOut(new SignInLink(page, "/rooms/" + room)))
                .map(JteModel::render)
                .orElseGet(() ->
                        templates.inboxSignedOut(new SignInLink(page, "/")).render());
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
