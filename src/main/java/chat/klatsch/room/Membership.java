package chat.klatsch.room;

/**
 * A room and its unread messages for one member.
 *
 * @param marker how far the member has read the room
 * @param unread the number of unread messages of others that are not deleted
 * @param mentions the number of unread messages that mention the member
 * @param hasDraft whether the member has typed a text that is not sent
 * @param partnerOnline whether the other user of a direct room is online
 * @param invitations the number of invitations that the member has received, counted in the public room only
 * @param level the unread messages that the member wants to be told of
 * @param starred whether the member has the room on top of the list
 */
public record Membership(
        Room room,
        ReadMarker marker,
        long unread,
        long mentions,
        boolean hasDraft,
        boolean partnerOnline,
        int invitations,
        NotificationLevel level,
        boolean starred) {
    public Membership withUnread(ReadMarker read, long messages, long mentioned) {
        return new Membership(room, read, messages, mentioned, hasDraft, partnerOnline, invitations, level, starred);
    }

    public Membership withDraft(boolean draft) {
        return new Membership(room, marker, unread, mentions, draft, partnerOnline, invitations, level, starred);
    }

    public Membership withPartner(boolean online) {
        return new Membership(room, marker, unread, mentions, hasDraft, online, invitations, level, starred);
    }

    /** Returns the number of unread messages that the member wants to be told of. */
    public long counted() {
        return level == NotificationLevel.ALL ? unread : countedMentions();
    }

    /** Returns the number of unread mentions that the member wants to be told of. */
    public long countedMentions() {
        return level == NotificationLevel.NOTHING ? 0 : mentions;
    }
}
