package chat.klatsch.inbox;

import chat.klatsch.live.Connection;
import chat.klatsch.room.Room;

/**
 * A page that lists a person's rooms beside the one that it shows.
 *
 * @param listed what it lists as it opens, in the words of {@link InboxRenderer#digest}
 */
public record InboxView(Connection connection, Room shown, String listed) {}
