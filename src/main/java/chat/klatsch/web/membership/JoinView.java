package chat.klatsch.web.membership;

import chat.klatsch.room.RoomPreview;
import chat.klatsch.web.view.PageContext;
import chat.klatsch.web.view.Sidebar;
import java.util.Optional;

/**
 * A room from outside.
 *
 * @param invitation the code that lets in, or empty
 * @param refusal why somebody could not come in
 */
public record JoinView(
        PageContext page, Sidebar sidebar, RoomPreview door, String invitation, Optional<String> refusal) {}
