package chat.klatsch.room;

import chat.klatsch.core.User;

/** An invitation by name to a room, as the invited user sees it. */
public record ReceivedInvitation(RoomPreview room, User inviter) {}
