package chat.klatsch.inbox;

import chat.klatsch.core.RoomId;
import chat.klatsch.core.User;
import chat.klatsch.core.UserId;
import chat.klatsch.room.Membership;
import chat.klatsch.text.Texts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One user's rooms and unread counts, as shown on the user's open pages on this node. Not thread-safe. */
final class Inbox {
    private final UserId owner;
    private final InboxRenderer renderer;
    private final List<InboxView> views = new ArrayList<>();

    /** Views that still show the list they were rendered with. */
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

    /** Returns the direct room with another user. */
    Optional<Membership> directRoom(UserId partner) {
        return rooms.values().stream()
                .filter(membership -> membership
                        .room()
                        .partner()
                        .map(User::id)
                        .filter(partner::equals)
                        .isPresent())
                .findFirst();
    }

    void add(InboxView view) {
        newcomers.add(view);
        emptySince = Instant.MAX;
    }

    void remove(InboxView view, Instant now) {
        views.remove(view);
        newcomers.remove(view);
        if (views.isEmpty() && newcomers.isEmpty()) {
            emptySince = now;
        }
    }

    /** Returns whether the last view was closed before this time. */
    boolean isEmptySince(Instant time) {
        return emptySince.isBefore(time);
    }

    boolean shows(RoomId room) {
        return Stream.concat(views.stream(), newcomers.stream())
                .map(InboxView::page)
                .anyMatch(page -> page.withMessages() && page.room().equals(Optional.of(room)));
    }

    boolean hasUnread(RoomId room) {
        @Nullable Membership membership = rooms.get(room);
        return membership != null && membership.unread() > 0;
    }

    /** Replaces the list and sends it to the views that show another. */
    void replace(List<Membership> memberships) {
        Map<RoomId, Membership> replaced = new LinkedHashMap<>();
        memberships.forEach(membership -> replaced.put(membership.room().id(), membership));
        String digest = renderer.digest(memberships);
        String before = renderer.digest(List.copyOf(rooms.values()));
        views.stream()
                .filter(view -> !before.equals(digest))
                .forEach(view -> view.connection()
                        .offer(renderer.all(texts(view), page(view, replaced), memberships, isReset(view, replaced))));
        newcomers.stream()
                .filter(view -> !view.listed().equals(digest))
                .forEach(view ->
                        view.connection().offer(renderer.opened(texts(view), page(view, replaced), memberships)));
        rooms = replaced;
        views.addAll(newcomers);
        newcomers.clear();
    }

    /** Replaces one room of the list and sends it to all views but the newcomers, if anything but the marker has changed. */
    void replace(Membership membership) {
        @Nullable Membership before = rooms.replace(membership.room().id(), membership);
        if (before == null) {
            return;
        }
        boolean reset = isReset(before, membership);
        Membership unchanged = before.withUnread(membership.marker(), before.unread(), before.mentions());
        if (reset || !unchanged.equals(membership)) {
            long unread = rooms.values().stream().mapToLong(Membership::counted).sum();
            views.stream()
                    .filter(view -> view.page().lists(membership.room().id()))
                    .forEach(view -> view.connection()
                            .offer(renderer.one(texts(view), page(view, rooms), membership, unread, reset)));
        }
    }

    /** Returns whether the user has marked messages of the page's room as unread. */
    private boolean isReset(InboxView view, Map<RoomId, Membership> replaced) {
        return view.page()
                .room()
                .filter(room -> isReset(rooms.get(room), replaced.get(room)))
                .isPresent();
    }

    private static boolean isReset(@Nullable Membership before, @Nullable Membership after) {
        return before != null
                && after != null
                && before.marker().resets() < after.marker().resets();
    }

    /** Returns what a page shows. The page of a room has the room's current name. */
    private static InboxView.Page page(InboxView view, Map<RoomId, Membership> rooms) {
        return view.page()
                .room()
                .filter(room -> view.page().withMessages())
                .map(rooms::get)
                .map(Membership::room)
                .map(room -> InboxView.Page.of(room, texts(view), view.page().embedded()))
                .orElse(view.page());
    }

    private static Texts texts(InboxView view) {
        return view.connection().readerStyle().texts();
    }
}
