package chat.klatsch.web.membership;

import chat.klatsch.core.ChatException;
import chat.klatsch.room.MembershipService;
import chat.klatsch.room.NotificationLevel;
import chat.klatsch.room.RoomPreferences;
import chat.klatsch.web.http.ChatRequest;

/** A member's own choices for a room. Thread-safe. */
public final class PreferencePages {
    private final MembershipService memberships;

    public PreferencePages(MembershipService memberships) {
        this.memberships = memberships;
    }

    public void notify(ChatRequest request) {
        NotificationLevel level = NotificationLevel.of(request.form("level"));
        preferences(request).notify(level);
        toDetails(request);
    }

    public void star(ChatRequest request) {
        boolean on = switch (request.form("on")) {
            case "", "true" -> true;
            case "false" -> false;
            default ->
                throw new ChatException(
                        ChatException.Kind.MALFORMED, "Star the room with on=true, unstar it with on=false.");
        };
        preferences(request).star(on);
        toDetails(request);
    }

    private RoomPreferences preferences(ChatRequest request) {
        return memberships.preferences(request.user(), request.room());
    }

    private static void toDetails(ChatRequest request) {
        request.redirect(request.roomId(), "/about");
    }
}
