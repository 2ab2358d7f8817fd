package chat.klatsch.live;

import chat.klatsch.core.User;
import chat.klatsch.core.UserId;
import chat.klatsch.event.PresenceReport;
import chat.klatsch.room.Room;
import chat.klatsch.room.RoomSummary;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The users in one room, on this node and others, and those who are typing. A user with several connections counts once.
 * Changes are broadcast at most once a second, so a thousand arrivals cost a handful of frames. Confined to the room's
 * serial task, except for the methods that say otherwise.
 */
final class Presence {
    private static final Duration BROADCAST_INTERVAL = Duration.ofSeconds(1);

    /** Shorter than the interval between broadcasts, which the receiving nodes add. */
    private static final Duration REPORT_INTERVAL = Duration.ofMillis(250);

    private final RoomSummaryCache summaryCache;
    private final Predicate<UserId> online;
    private final LocalPresence local = new LocalPresence();
    private final RemotePresence remote;
    private final TypingUsers typing = new TypingUsers();
    private volatile boolean certain = true;

    private List<User> broadcastTyping = List.of();
    private volatile Roster broadcastRoster = Roster.EMPTY;
    private Instant broadcastAt = Instant.EPOCH;

    private volatile PresenceReport reported = PresenceReport.EMPTY;
    private Instant reportedAt = Instant.EPOCH;
    private long reportedChanges;

    private Roster current = Roster.EMPTY;
    private long currentChanges;

    /**
     * @param membersAmong reads those of the users who are members of the room
     * @param online tells whether a user has any page open
     */
    Presence(
            RoomSummaryCache summaryCache,
            Function<Collection<UserId>, List<User>> membersAmong,
            Predicate<UserId> online) {
        this.summaryCache = summaryCache;
        this.online = online;
        this.remote = new RemotePresence(membersAmong);
    }

    /** Returns the roster of the last broadcast. Any thread. */
    Roster roster() {
        return broadcastRoster;
    }

    /** Returns whether the user is in the room, except for changes of the last moment. Any thread. */
    private boolean isPresent(UserId user) {
        return reported.users().contains(user) || remote.users().contains(user);
    }

    /** Returns the users in the room, except for changes of the last moment. Any thread. */
    Set<UserId> present() {
        Set<UserId> all = new HashSet<>(reported.users());
        all.addAll(remote.users());
        return all;
    }

    /** Returns the initial state for a new connection. */
    List<RoomEvent> state() {
        List<RoomEvent> state = new ArrayList<>(3);
        summaryCache.name().ifPresent(state::add);
        state.add(new RoomEvent.PresenceChanged(broadcastRoster));
        state.add(new RoomEvent.TypingChanged(broadcastTyping));
        return state;
    }

    void join(User user) {
        local.join(user);
    }

    void leave(User user, Instant now) {
        local.leave(user, now);
    }

    /** Gives users of this node their new names, and has those of others read again. */
    void rename(Map<UserId, User> renamed) {
        renamed.values().forEach(local::rename);
        renamed.keySet().forEach(remote::invalidate);
    }

    /** The membership of this user, or of all if null, may have changed. Any thread. */
    void invalidate(@Nullable UserId user) {
        remote.invalidate(user);
    }

    /** Checks what other nodes have reported, as far as that is due. @throws ChatException UNAVAILABLE */
    void refresh(Instant now) {
        remote.refresh(now);
    }

    /** Any thread. */
    void onTyping(UserId user, Instant now) {
        typing.add(user, now, this::isPresent);
    }

    /** The authors of new messages have stopped typing. */
    void onMessages(RoomEvent.MessagesChanged event) {
        event.entries().stream()
                .filter(event::isNew)
                .forEach(entry -> typing.remove(entry.message().author().id()));
    }

    /** Any thread. */
    void onReport(String node, PresenceReport report) {
        remote.onReport(node, report.users());
    }

    /** Keeps the users of other nodes while they are unavailable, but marks the roster as uncertain. Any thread. */
    void onAvailabilityChanged(boolean available) {
        certain = available;
    }

    /** Returns what has changed since the last broadcast, as far as it is due. */
    List<RoomEvent> changes(Instant now) {
        local.expire(now);
        List<RoomEvent> changes = new ArrayList<>(summaryCache.changes());
        typing.expire(now);
        List<User> typingNow = typing();
        if (!typingNow.equals(broadcastTyping)) {
            broadcastTyping = typingNow;
            changes.add(new RoomEvent.TypingChanged(typingNow));
        }
        if (!now.isBefore(broadcastAt.plus(BROADCAST_INTERVAL))) {
            Roster roster = current();
            if (!roster.equals(broadcastRoster)) {
                broadcastRoster = roster;
                broadcastAt = now;
                changes.add(new RoomEvent.PresenceChanged(roster));
            }
        }
        return changes;
    }

    /** Returns this node's report for the others, if it has changed and is due. */
    Optional<PresenceReport> nextReport(Instant now) {
        if (local.changes() == reportedChanges || now.isBefore(reportedAt.plus(REPORT_INTERVAL))) {
            return Optional.empty();
        }
        reportedChanges = local.changes();
        reportedAt = now;
        reported = local.report();
        return Optional.of(reported);
    }

    /** Returns when {@link #changes} or {@link #nextReport} may have a result although nothing else happens. */
    Optional<Instant> nextDeadline() {
        Stream<Instant> broadcast =
                current().equals(broadcastRoster) ? Stream.of() : Stream.of(broadcastAt.plus(BROADCAST_INTERVAL));
        Stream<Instant> report =
                local.changes() == reportedChanges ? Stream.of() : Stream.of(reportedAt.plus(REPORT_INTERVAL));
        Stream<Instant> refresh =
                Stream.of(summaryCache.nextRefresh(), remote.nextRefresh()).flatMap(Optional::stream);
        return Stream.of(local.deadlines(), typing.deadlines(), broadcast, report, refresh)
                .flatMap(times -> times)
                .min(Instant::compareTo);
    }

    /** Returns the roster as it is now. Cached until something changes, because each broadcast asks for it. */
    private Roster current() {
        RoomSummary summary = summaryCache.summary();
        if (summary.kind() == Room.Kind.DIRECT) {
            Set<UserId> others = remote.users();
            return Roster.ofTwo(
                    summary, user -> local.contains(user) || others.contains(user) || online.test(user), certain);
        }
        long changes = local.changes() + remote.changes() + summaryCache.version();
        boolean certain = this.certain;
        if (changes != currentChanges || certain != current.certain()) {
            currentChanges = changes;
            long others = remote.users().stream()
                    .filter(user -> !local.contains(user))
                    .count();
            Set<User> first = new TreeSet<>(User.BY_NAME);
            first.addAll(local.first());
            remote.byName().stream().limit(PresenceReport.MAX_SHOWN).forEach(first::add);
            current = Roster.of(
                    local.count() + (int) others,
                    first.stream().limit(PresenceReport.MAX_SHOWN).toList(),
                    summaryCache.summary(),
                    certain);
        }
        return current;
    }

    private List<User> typing() {
        Set<UserId> muted = summaryCache.summary().muted();
        return typing.shown(user ->
                muted.contains(user) ? Optional.empty() : local.user(user).or(() -> remote.user(user)));
    }
}
