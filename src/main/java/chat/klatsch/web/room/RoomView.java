package chat.klatsch.web.room;

import chat.klatsch.room.History;
import chat.klatsch.room.Membership;
import chat.klatsch.room.Room;
import chat.klatsch.room.Roster;
import chat.klatsch.web.Page;
import java.util.List;

/**
 * All that a room's page shows.
 *
 * @param cursor the version of the room from which on the page wants to be told of changes
 */
public record RoomView(
        Page page, Room room, List<Membership> rooms, History history, long cursor, Roster roster, Composer composer) {}
