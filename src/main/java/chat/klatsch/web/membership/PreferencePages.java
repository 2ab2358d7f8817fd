package chat.klatsch.web.membership;

import chat.klatsch.core.ChatException;
import chat.klatsch.room.MembershipService;
import chat.klatsch.room.NotificationLevel;
import chat.klatsch.room.RoomPreferences;
import chat.klatsch.web.http.ChatRequest;
import chat.klatsch.web.http.FlashMessage;

/** A member's own choices for a room. Thread-safe. */
public final class PreferencePages {
    private final MembershipService memberships;

    public PreferencePages(MembershipService memberships) {
        this.memberships = memberships;
    }

    public void notify(ChatRequest request) {
        NotificationLevel level = NotificationLevel.of(request.form("level"));
        preferences(request).notify(level);
        request.redirect(FlashMessage.SAVED.at(address(request)));
    }

    public void star(ChatRequest request) {
        boolean on = switch (request.form("on")) {
            case "", "true" -> true;
            case "false" -> false;
            default -> throw new ChatException(ChatException.Kind.MALFORMED, "refusal.star.parameter");
        };
        preferences(request).star(on);
        FlashMessage done = on ? FlashMessage.STARRED : FlashMessage.UNSTARRED;
        request.redirect(done.at(address(request), request.site().name(request.room())));
    }

    private RoomPreferences preferences(ChatRequest request) {
        return memberships.preferences(request.user(), request.room());
    }

    private static String address(ChatRequest request) {
        return MemberPages.path(request) + "#notifications";
    }
}
