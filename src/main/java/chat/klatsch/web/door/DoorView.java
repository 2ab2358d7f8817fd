package chat.klatsch.web.door;

import chat.klatsch.room.Door;
import chat.klatsch.web.Page;
import java.util.Optional;

/**
 * A room from outside.
 *
 * @param invitation the code that lets in, or empty
 * @param refusal why somebody could not come in
 */
public record DoorView(Page page, Sidebar sidebar, Door door, String invitation, Optional<String> refusal) {}
