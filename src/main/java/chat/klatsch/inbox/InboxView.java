package chat.klatsch.inbox;

import chat.klatsch.core.RoomId;
import chat.klatsch.live.Connection;
import chat.klatsch.room.Room;
import chat.klatsch.text.Texts;
import java.util.Optional;

/**
 * An open page that shows the user's room list.
 *
 * @param listed the {@link InboxRenderer#digest digest} of the list that the page was rendered with
 */
public record InboxView(Connection connection, Page page, String listed) {
    /**
     * The content of the page besides the list.
     *
     * @param title the page's title without the count of unread messages
     * @param room the room that the list marks as the current one
     * @param withMessages whether the page shows the messages of that room, which the user reads there
     * @param embedded whether the page is in a frame of a host, which shows no other room
     */
    public record Page(String title, Optional<RoomId> room, boolean withMessages, boolean embedded) {
        /** Returns whether the page shows what the list has of a room. */
        boolean lists(RoomId other) {
            return !embedded || room.equals(Optional.of(other));
        }

        /** The page of a room. */
        public static Page of(Room room, Texts texts, boolean embedded) {
            return new Page(room.nameIn(texts), Optional.of(room.id()), true, embedded);
        }
    }
}
