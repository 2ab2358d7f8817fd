package chat.klatsch.web.membership;

import chat.klatsch.core.Slice;
import chat.klatsch.room.ReceivedInvitation;
import chat.klatsch.room.RoomPreview;
import chat.klatsch.web.view.PageContext;
import chat.klatsch.web.view.Sidebar;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * The user's invitations, a page of the open rooms, and the form to create one.
 *
 * @param typed the name that is searched for, or empty
 */
public record RoomListView(
        PageContext page,
        Sidebar sidebar,
        List<ReceivedInvitation> invitations,
        String typed,
        Slice<RoomPreview> open,
        RoomForm form) {
    public RoomListView {
        invitations = List.copyOf(invitations);
    }

    /** The address of the next page. */
    public Optional<String> more() {
        return open.last()
                .map(last -> page.site()
                        .path("/rooms?"
                                + (typed.isEmpty() ? "" : "q=" + URLEncoder.encode(typed, StandardCharsets.UTF_8) + "&")
                                + "after=" + last.id()));
    }
}
