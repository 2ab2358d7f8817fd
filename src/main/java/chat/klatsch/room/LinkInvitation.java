package chat.klatsch.room;

import chat.klatsch.core.User;
import java.util.Optional;

/**
 * The room that an invitation link leads to, and the member who made the link.
 *
 * @param inviter who has created the link, unless banned or deleted meanwhile
 */
public record LinkInvitation(RoomPreview room, Optional<User> inviter) {}
