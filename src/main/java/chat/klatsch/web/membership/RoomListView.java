package chat.klatsch.web.membership;

import chat.klatsch.room.RoomPreview;
import chat.klatsch.web.view.PageContext;
import chat.klatsch.web.view.Sidebar;
import java.util.List;

/** The open rooms, and the form to create one. */
public record RoomListView(PageContext page, Sidebar sidebar, List<RoomPreview> open, RoomForm form) {}
