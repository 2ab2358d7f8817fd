package chat.klatsch.room;

import chat.klatsch.core.User;
import java.util.Optional;

/**
 * What an invitation link leads to.
 *
 * @param inviter who has created the link, unless banned or deleted meanwhile
 */
public record LinkInvitation(RoomPreview room, Optional<User> inviter) {}
