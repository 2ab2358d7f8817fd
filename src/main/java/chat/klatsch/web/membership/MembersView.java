package chat.klatsch.web.membership;

import chat.klatsch.core.User;
import chat.klatsch.room.Room;
import chat.klatsch.web.view.PageContext;
import chat.klatsch.web.view.Sidebar;
import java.util.List;
import java.util.Optional;

/**
 * A room, and who belongs to it.
 *
 * @param members a page of them
 * @param next the username after which the next page begins
 * @param owner what the owner sees besides
 * @param refusal why somebody was not muted, or not let speak again
 */
public record MembersView(
        PageContext page,
        Sidebar sidebar,
        Room room,
        List<Member> members,
        Optional<String> next,
        Optional<RoomSettingsView> owner,
        Optional<String> refusal) {
    /** Somebody who belongs to the room; {@code here} when they are in it just now. */
    public record Member(User user, boolean here, boolean owner, boolean muted) {}

    public MembersView {
        members = List.copyOf(members);
    }

    /** Whether this viewer mutes people, and lets them speak again. */
    public boolean mayMute() {
        return page.viewer() != null && room.isModeratedBy(page.viewer());
    }
}
