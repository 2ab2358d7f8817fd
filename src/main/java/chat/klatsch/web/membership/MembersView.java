package chat.klatsch.web.membership;

import chat.klatsch.core.User;
import chat.klatsch.room.Room;
import chat.klatsch.web.view.PageContext;
import chat.klatsch.web.view.Sidebar;
import java.util.List;
import java.util.Optional;

/**
 * One page of a room's members.
 *
 * @param next the username after which the next page begins
 * @param owner the room's settings, for its owner only
 * @param refusal why a member was not muted or unmuted
 */
public record MembersView(
        PageContext page,
        Sidebar sidebar,
        Room room,
        List<Member> members,
        Optional<String> next,
        Optional<RoomSettingsView> owner,
        Optional<String> refusal) {
    /** A member; {@code here} while connected to the room. */
    public record Member(User user, boolean here, boolean owner, boolean muted) {}

    public MembersView {
        members = List.copyOf(members);
    }

    /** Returns whether the viewer can mute and unmute members. */
    public boolean mayMute() {
        return page.viewer() != null && room.isModeratedBy(page.viewer());
    }
}
