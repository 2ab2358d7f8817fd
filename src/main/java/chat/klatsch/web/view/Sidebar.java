package chat.klatsch.web.view;

import chat.klatsch.core.RoomId;
import chat.klatsch.room.Membership;
import chat.klatsch.room.Room;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The rooms that somebody belongs to, in the order in which they are listed.
 *
 * @param current the one that they are looking at
 */
public record Sidebar(List<Membership> rooms, Optional<RoomId> current) {
    public Sidebar {
        rooms = List.copyOf(rooms);
    }

    /** The public room and the groups. */
    public List<Membership> groups() {
        return rooms.stream().filter(membership -> !isChat(membership)).toList();
    }

    public List<Membership> chats() {
        return rooms.stream().filter(Sidebar::isChat).toList();
    }

    /** Whether they look after the whole house. */
    public boolean isOperators() {
        return rooms.stream().anyMatch(membership -> membership.room().operated());
    }

    public boolean isCurrent(RoomId room) {
        return current.filter(room::equals).isPresent();
    }

    public boolean contains(RoomId room) {
        return rooms.stream().anyMatch(membership -> membership.room().id().equals(room));
    }

    private static boolean isChat(Membership membership) {
        return membership.room().kind() == Room.Kind.DIRECT;
    }

    /** How many messages are unread in all of them. */
    public long unread() {
        return rooms.stream().mapToLong(Membership::unread).sum();
    }

    /** Tells whether a list is another one. The same on every JVM, so made of nothing but what is shown. */
    public String digest() {
        String all = rooms.stream()
                .map(membership -> String.join(
                        "/",
                        membership.room().id().value(),
                        membership.room().kind().name(),
                        membership.room().name(),
                        Long.toString(membership.unread()),
                        Long.toString(membership.mentions()),
                        Boolean.toString(membership.partnerOnline())))
                .collect(Collectors.joining("/"));
        return Integer.toHexString(all.hashCode());
    }
}
