package chat.klatsch.room;

import chat.klatsch.core.RoomId;

/**
 * A room from outside, as somebody sees it who may come in.
 *
 * @param members how many people belong to it
 * @param verifiedOnly whether only people with a verified e-mail address may join
 */
public record RoomPreview(RoomId id, String name, Room.Kind kind, int members, boolean verifiedOnly) {}
