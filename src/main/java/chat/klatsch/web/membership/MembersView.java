package chat.klatsch.web.membership;

import chat.klatsch.core.User;
import chat.klatsch.room.Room;
import chat.klatsch.web.view.PageContext;
import chat.klatsch.web.view.Sidebar;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * One page of a room's members.
 *
 * @param address the path in the chat and the query of the page
 * @param next the username after which the next page begins
 * @param owner the room's settings, for its owner only
 * @param refusal why a member was not muted or unmuted
 */
public record MembersView(
        PageContext page,
        String address,
        Sidebar sidebar,
        Room room,
        List<Member> members,
        Optional<String> next,
        Optional<RoomSettingsView> owner,
        Optional<String> refusal) {
    /** The parts of the page that an answer replaces. Text that is typed into other forms stays. */
    public static final String PARTS = "#done,#member-sheet,#starring,#invite-sheet";

    public record Member(User user, boolean owner, boolean operator, boolean muted) {
        /** Returns whether the member can be muted, which owners and operators cannot. */
        public boolean mutable() {
            return muted || !owner && !operator && !user.isDeleted();
        }
    }

    public MembersView {
        members = List.copyOf(members);
    }

    /** The address of a question about a member. By it, the question leads back to this page and to a place on it. */
    public String question(String path, User member, String place) {
        return page.site().room(room.id()) + path + "?username=" + member.username() + "&back="
                + URLEncoder.encode(address + "#" + place, StandardCharsets.UTF_8);
    }

    /** Returns the member beside one who is removed. */
    public String neighbour(int index) {
        int next = index + 1 < members.size() ? index + 1 : index - 1;
        return next < 0 ? "members" : "member-" + members.get(next).user().username();
    }

    /** Returns whether the viewer can mute and unmute members. */
    public boolean mayMute() {
        return page.viewer() != null && room.isModeratedBy(page.viewer());
    }
}
