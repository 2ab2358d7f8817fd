package chat.klatsch.web.membership;

import chat.klatsch.room.Door;
import chat.klatsch.web.view.Page;
import chat.klatsch.web.view.Sidebar;
import java.util.List;

/** The open rooms, and the form to make one. */
public record RoomsView(Page page, Sidebar sidebar, List<Door> open, RoomForm form) {}
