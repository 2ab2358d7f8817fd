package chat.klatsch.web.membership;

import chat.klatsch.core.ChatException;
import chat.klatsch.room.Room;
import chat.klatsch.web.http.ChatRequest;
import java.util.Optional;

/**
 * The form to create or change a room, as it is filled in.
 *
 * @param refusal why it was refused
 */
public record RoomForm(String name, boolean open, boolean verifiedOnly, Optional<String> refusal) {
    static final RoomForm BLANK = new RoomForm("", true, false, Optional.empty());

    static RoomForm of(Room room) {
        return new RoomForm(room.name(), room.kind() == Room.Kind.OPEN, room.verifiedOnly(), Optional.empty());
    }

    static RoomForm sent(ChatRequest request) {
        boolean verifiedOnly = request.context().formParam("verified") != null;
        boolean open = !"closed".equals(request.form("kind"));
        return new RoomForm(request.form("name"), open, verifiedOnly, Optional.empty());
    }

    /** @throws ChatException MALFORMED for any kind but open or closed */
    static void requireKind(ChatRequest request) {
        String kind = request.form("kind");
        if (!kind.equals("open") && !kind.equals("closed")) {
            throw new ChatException(ChatException.Kind.MALFORMED, "refusal.kind");
        }
    }

    RoomForm refused(String reason) {
        return new RoomForm(name, open, verifiedOnly, Optional.of(reason));
    }
}
