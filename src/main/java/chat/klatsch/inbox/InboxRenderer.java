package chat.klatsch.inbox;

import chat.klatsch.room.Membership;
import chat.klatsch.room.Room;
import java.util.List;

/** Draws a person's list of rooms for one of their screens. Thread-safe. */
public interface InboxRenderer {
    /** The whole list. */
    String all(Room shown, List<Membership> rooms);

    /** One room of it, with what is unread in all of them. */
    String one(Room shown, Membership room, long unread);

    /** A few characters that tell whether a list is another one. */
    String digest(List<Membership> rooms);
}
