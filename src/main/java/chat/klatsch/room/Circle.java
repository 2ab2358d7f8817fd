package chat.klatsch.room;

import java.util.List;

/**
 * A room and those who belong to it, as everybody in it sees them. Of a public one, to which everybody belongs, nobody
 * is listed.
 *
 * @param name of no meaning in a private chat, which each of the two knows by the other's
 * @param members how many people belong to it
 * @param first the first of them by username, at most {@link Roster#SHOWN}
 */
public record Circle(String name, Room.Kind kind, int members, List<User> first) {
    static final Circle UNKNOWN = new Circle("", Room.Kind.PUBLIC, 0, List.of());

    public Circle {
        first = List.copyOf(first);
    }
}
