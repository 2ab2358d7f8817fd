package chat.klatsch.web.door;

import chat.klatsch.room.Door;
import chat.klatsch.web.Page;
import java.util.List;

/** The open rooms, and the form to make one. */
public record RoomsView(Page page, Sidebar sidebar, List<Door> open, RoomForm form) {}
