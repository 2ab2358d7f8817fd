package chat.klatsch.web.membership;

import chat.klatsch.core.ChatException;
import chat.klatsch.room.Room;
import io.javalin.http.Context;
import java.util.Objects;
import java.util.Optional;

/**
 * What somebody has typed to make a room or to change it.
 *
 * @param refusal why it was not done
 */
public record RoomForm(String name, boolean open, boolean verifiedOnly, Optional<String> refusal) {
    static final RoomForm BLANK = new RoomForm("", true, false, Optional.empty());

    static RoomForm of(Room room) {
        return new RoomForm(room.name(), room.kind() == Room.Kind.OPEN, room.verifiedOnly(), Optional.empty());
    }

    static RoomForm sent(Context context) {
        String name = Objects.requireNonNullElse(context.formParam("name"), "");
        boolean verifiedOnly = context.formParam("verified") != null;
        return new RoomForm(name, !"closed".equals(context.formParam("kind")), verifiedOnly, Optional.empty());
    }

    /** @throws ChatException MALFORMED when it is said in another way, or not at all */
    static void requireKind(Context context) {
        String kind = Objects.requireNonNullElse(context.formParam("kind"), "");
        if (!kind.equals("open") && !kind.equals("closed")) {
            throw new ChatException(ChatException.Kind.MALFORMED, "Say whether the room is open or closed.");
        }
    }

    RoomForm refused(String reason) {
        return new RoomForm(name, open, verifiedOnly, Optional.of(reason));
    }
}
