package chat.klatsch.web.socket;

import chat.klatsch.account.AccountService;
import chat.klatsch.core.RoomId;
import chat.klatsch.core.UserId;
import chat.klatsch.room.MembershipService;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Looks many connections up in the store, some at a time, and finds those that it no longer admits. Thread-safe. */
final class StoredAccess {
    /** The most sessions or users to look up in one query. */
    private static final int BATCH_SIZE = 1_000;

    private final AccountService accounts;
    private final MembershipService memberships;

    StoredAccess(AccountService accounts, MembershipService memberships) {
        this.accounts = accounts;
        this.memberships = memberships;
    }

    /** Returns those of the connections whose session has ended. @throws ChatException UNAVAILABLE */
    List<SendQueue> withoutSession(List<SendQueue> connections) {
        Set<String> ended = connections.stream()
                .map(connection -> connection.session().id())
                .collect(Collectors.toSet());
        for (List<String> batch : batches(ended)) {
            ended.removeAll(accounts.activeSessions(batch));
        }
        return connections.stream()
                .filter(connection -> ended.contains(connection.session().id()))
                .toList();
    }

    /** Returns those of the connections whose user is not a member of their room. @throws ChatException UNAVAILABLE */
    List<SendQueue> withoutMembership(List<SendQueue> connections) {
        Map<UserId, List<SendQueue>> byUser = connections.stream()
                .collect(Collectors.groupingBy(connection -> connection.user().id()));
        List<SendQueue> former = new ArrayList<>();
        for (List<UserId> batch : batches(byUser.keySet())) {
            List<SendQueue> theirs =
                    batch.stream().flatMap(user -> byUser.get(user).stream()).toList();
            Set<RoomId> rooms = theirs.stream()
                    .map(SendQueue::room)
                    .flatMap(Optional::stream)
                    .collect(Collectors.toSet());
            Map<RoomId, Set<UserId>> members = memberships.membersAmong(rooms, batch);
            theirs.stream().filter(connection -> !isAmong(members, connection)).forEach(former::add);
        }
        return former;
    }

    private static boolean isAmong(Map<RoomId, Set<UserId>> members, SendQueue connection) {
        return connection
                .room()
                .map(room -> members.getOrDefault(room, Set.of())
                        .contains(connection.user().id()))
                .orElse(true);
    }

    private static <T> List<List<T>> batches(Collection<T> all) {
        List<T> items = List.copyOf(all);
        return IntStream.iterate(0, from -> from < items.size(), from -> from + BATCH_SIZE)
                .mapToObj(from -> items.subList(from, Math.min(from + BATCH_SIZE, items.size())))
                .toList();
    }
}
