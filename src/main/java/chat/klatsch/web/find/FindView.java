package chat.klatsch.web.find;

import chat.klatsch.core.RoomId;
import chat.klatsch.core.User;
import chat.klatsch.room.Membership;
import chat.klatsch.room.RoomPreview;
import chat.klatsch.web.view.PageContext;
import chat.klatsch.web.view.Sidebar;
import java.util.List;
import java.util.Optional;

/**
 * The rooms and people that were found under a name.
 *
 * @param typed the name, as it was typed
 * @param rooms rooms of the user, private chats included
 * @param people people with whom the user has no private chat among these
 * @param open open rooms of which the user is no member
 */
public record FindView(
        PageContext page,
        Sidebar sidebar,
        String typed,
        List<Membership> rooms,
        List<User> people,
        List<RoomPreview> open,
        Optional<String> refusal) {
    public FindView {
        rooms = List.copyOf(rooms);
        people = List.copyOf(people);
        open = List.copyOf(open);
    }

    public boolean isEmpty() {
        return rooms.isEmpty() && people.isEmpty() && open.isEmpty();
    }

    /** Returns the path of the first result. The one of a person is the profile, from where a private chat can be started. */
    Optional<String> first() {
        return rooms.stream()
                .map(membership -> room(membership.room().id()))
                .findFirst()
                .or(() -> people.stream().map(user -> "/@" + user.username()).findFirst())
                .or(() -> open.stream().map(room -> room(room.id())).findFirst());
    }

    private static String room(RoomId room) {
        return "/rooms/" + room;
    }
}
