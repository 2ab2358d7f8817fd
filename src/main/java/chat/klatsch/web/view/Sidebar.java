package chat.klatsch.web.view;

import chat.klatsch.core.RoomId;
import chat.klatsch.core.User;
import chat.klatsch.room.Membership;
import chat.klatsch.room.Room;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A user's rooms in the order of the list.
 *
 * @param current the room that the page shows or is about
 * @param shown whether the page shows the messages of that room
 * @param nonce allows the page the scripts that keep the list up to date
 */
public record Sidebar(List<Membership> rooms, Optional<RoomId> current, boolean shown, String nonce) {
    public Sidebar {
        rooms = List.copyOf(rooms);
    }

    /** The list without a page around it, as it is sent to open pages. */
    public Sidebar(List<Membership> rooms, Optional<RoomId> current, boolean shown) {
        this(rooms, current, shown, "");
    }

    /** Returns a list of the current room alone, for a page that shows no other. */
    public Sidebar ofCurrent() {
        return new Sidebar(membership().stream().toList(), current, shown, nonce);
    }

    /** Returns the starred rooms and private chats. */
    public List<Membership> starred() {
        return rooms.stream().filter(Membership::starred).toList();
    }

    /** Returns the public room and the groups, except starred ones. */
    public List<Membership> groups() {
        return rooms.stream()
                .filter(membership -> !membership.starred() && !isChat(membership))
                .toList();
    }

    /** Returns the private chats, except starred ones. */
    public List<Membership> chats() {
        return rooms.stream()
                .filter(membership -> !membership.starred() && isChat(membership))
                .toList();
    }

    /** Returns what the user has of the room that the page shows or is about. */
    public Optional<Membership> membership() {
        return rooms.stream()
                .filter(membership -> isCurrent(membership.room().id()))
                .findFirst();
    }

    /** Returns whether the user is an operator. */
    public boolean isOperator() {
        return rooms.stream().anyMatch(membership -> membership.room().operated());
    }

    /** Returns how the list marks a room: as the page, as what the page is about, or not at all. */
    public @Nullable String mark(RoomId room) {
        return isCurrent(room) ? shown ? "page" : "true" : null;
    }

    public boolean isCurrent(RoomId room) {
        return current.filter(room::equals).isPresent();
    }

    /** Returns whether the user has a draft in the room that the page shows. */
    public boolean hasDraft() {
        return rooms.stream()
                .anyMatch(membership ->
                        membership.hasDraft() && isCurrent(membership.room().id()));
    }

    public boolean contains(RoomId room) {
        return rooms.stream().anyMatch(membership -> membership.room().id().equals(room));
    }

    private static boolean isChat(Membership membership) {
        return membership.room().kind() == Room.Kind.DIRECT;
    }

    /** Returns the number of unread messages in all rooms that the user wants to be told of. */
    public long unread() {
        return rooms.stream().mapToLong(Membership::counted).sum();
    }

    /** Returns the number of invitations to other rooms. */
    public int invitations() {
        return rooms.stream().mapToInt(Membership::invitations).sum();
    }

    /** Identifies the list's visible content, so that every node computes the same digest for the same list. */
    public String digest() {
        String all = rooms.stream()
                .map(membership -> String.join(
                        "/",
                        membership.room().id().value(),
                        membership.room().kind().name(),
                        membership.room().name(),
                        membership.room().partner().map(User::avatar).orElse(""),
                        Long.toString(membership.unread()),
                        Long.toString(membership.mentions()),
                        Boolean.toString(membership.hasDraft()),
                        Boolean.toString(membership.partnerOnline()),
                        membership
                                .room()
                                .muteReason()
                                .map(reason -> "muted " + reason)
                                .orElse(""),
                        Integer.toString(membership.invitations()),
                        membership.level().code(),
                        Boolean.toString(membership.starred())))
                .collect(Collectors.joining("/"));
        return Integer.toHexString(all.hashCode());
    }
}
