package chat.klatsch.inbox;

import chat.klatsch.core.RoomId;
import chat.klatsch.core.User;
import chat.klatsch.core.UserId;
import chat.klatsch.live.Frame;
import chat.klatsch.room.Membership;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** One person's rooms and what is unread in them, as all their screens on this JVM have been told. Not thread-safe. */
final class Inbox {
    private final UserId owner;
    private final InboxRenderer renderer;
    private final List<InboxView> screens = new ArrayList<>();

    /** Those that still list what their page came with. */
    private final List<InboxView> newcomers = new ArrayList<>();

    private Map<RoomId, Membership> rooms = Map.of();
    private Instant emptySince = Instant.MAX;

    Inbox(UserId owner, InboxRenderer renderer) {
        this.owner = owner;
        this.renderer = renderer;
    }

    UserId owner() {
        return owner;
    }

    Map<RoomId, Membership> rooms() {
        return rooms;
    }

    Optional<Membership> listed(RoomId room) {
        return Optional.ofNullable(rooms.get(room));
    }

    /** The private chat with somebody. */
    Optional<Membership> chatWith(UserId partner) {
        return rooms.values().stream()
                .filter(membership -> membership
                        .room()
                        .partner()
                        .map(User::id)
                        .filter(partner::equals)
                        .isPresent())
                .findFirst();
    }

    void add(InboxView screen) {
        newcomers.add(screen);
        emptySince = Instant.MAX;
    }

    void remove(InboxView screen, Instant now) {
        screens.remove(screen);
        newcomers.remove(screen);
        if (screens.isEmpty() && newcomers.isEmpty()) {
            emptySince = now;
        }
    }

    /** Whether the last screen has gone before this time. */
    boolean isLeftBefore(Instant time) {
        return emptySince.isBefore(time);
    }

    boolean shows(RoomId room) {
        return Stream.concat(screens.stream(), newcomers.stream())
                .anyMatch(screen -> screen.shown().id().equals(room));
    }

    /** Shows this list where another one is shown. */
    void list(List<Membership> memberships) {
        Map<RoomId, Membership> listed = new LinkedHashMap<>();
        memberships.forEach(membership -> listed.put(membership.room().id(), membership));
        String digest = renderer.digest(memberships);
        String before = renderer.digest(List.copyOf(rooms.values()));
        Stream.concat(
                        screens.stream().filter(screen -> !before.equals(digest)),
                        newcomers.stream().filter(screen -> !screen.listed().equals(digest)))
                .forEach(screen -> screen.connection().offer(Frame.of(renderer.all(screen.shown(), memberships))));
        rooms = listed;
        screens.addAll(newcomers);
        newcomers.clear();
    }

    /** Shows one room of the list as it is now, if it was otherwise. Whoever has just come is shown the list first. */
    void show(Membership membership) {
        if (Objects.equals(rooms.replace(membership.room().id(), membership), membership)) {
            return;
        }
        long unread = rooms.values().stream().mapToLong(Membership::unread).sum();
        screens.forEach(
                screen -> screen.connection().offer(Frame.of(renderer.one(screen.shown(), membership, unread))));
    }
}
