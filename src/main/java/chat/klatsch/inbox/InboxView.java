package chat.klatsch.inbox;

import chat.klatsch.live.Connection;
import chat.klatsch.room.Room;

/**
 * An open page that shows a room and the user's room list.
 *
 * @param listed the {@link InboxRenderer#digest digest} of the list that the page was rendered with
 */
public record InboxView(Connection connection, Room shown, String listed) {}
