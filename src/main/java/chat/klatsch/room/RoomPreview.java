package chat.klatsch.room;

import chat.klatsch.core.RoomId;

/**
 * A room as shown to users who may join it.
 *
 * @param members the number of members
 * @param verifiedOnly whether only users with a verified email address may join
 */
public record RoomPreview(RoomId id, String name, Room.Kind kind, int members, boolean verifiedOnly) {}
