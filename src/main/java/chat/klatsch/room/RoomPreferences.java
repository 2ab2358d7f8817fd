package chat.klatsch.room;

import chat.klatsch.core.User;

/**
 * A member's own choices for a room, which end with the membership. {@link MembershipService#preferences} hands it out.
 * Thread-safe.
 */
public record RoomPreferences(User member, Room room, MembershipService memberships, MembershipStore store) {
    /** Chooses which unread messages count. */
    public void notify(NotificationLevel level) {
        store.setLevel(room.id(), member.id(), level);
        memberships.publishChange(room.id(), member.id());
    }

    /** Puts the room on top of the list, or back to its place. */
    public void star(boolean on) {
        store.setStarred(room.id(), member.id(), on);
        memberships.publishChange(room.id(), member.id());
    }
}
