package chat.klatsch.web.membership;

import chat.klatsch.core.User;
import chat.klatsch.room.RoomPreview;
import chat.klatsch.web.view.PageContext;
import chat.klatsch.web.view.Sidebar;
import java.util.Optional;

/**
 * The preview of a room for a user who is not a member.
 *
 * @param invitation the code of an invitation, or empty
 * @param inviter who has invited the user, or created the link
 * @param byName whether the user has an invitation to decline
 * @param refusal why the user could not join
 */
public record JoinView(
        PageContext page,
        Sidebar sidebar,
        RoomPreview room,
        String invitation,
        Optional<User> inviter,
        boolean byName,
        Optional<String> refusal) {}
