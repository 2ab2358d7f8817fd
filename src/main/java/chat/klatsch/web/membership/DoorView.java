package chat.klatsch.web.membership;

import chat.klatsch.room.Door;
import chat.klatsch.web.view.Page;
import chat.klatsch.web.view.Sidebar;
import java.util.Optional;

/**
 * A room from outside.
 *
 * @param invitation the code that lets in, or empty
 * @param refusal why somebody could not come in
 */
public record DoorView(Page page, Sidebar sidebar, Door door, String invitation, Optional<String> refusal) {}
