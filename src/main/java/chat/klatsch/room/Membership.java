package chat.klatsch.room;

/**
 * A room and its unread messages for one member.
 *
 * @param read the sequence number up to which the member has read the room
 * @param unread the number of unread messages of others that are not deleted
 * @param mentions the number of unread messages that mention the member
 * @param hasDraft whether the member has typed a text that is not sent
 * @param partnerOnline whether the other user of a direct room is online
 * @param invitations the number of invitations that the member has received, counted in the public room only
 */
public record Membership(
        Room room, long read, long unread, long mentions, boolean hasDraft, boolean partnerOnline, int invitations) {
    public Membership withUnread(long messages, long mentioned) {
        return new Membership(room, read, messages, mentioned, hasDraft, partnerOnline, invitations);
    }

    public Membership withDraft(boolean draft) {
        return new Membership(room, read, unread, mentions, draft, partnerOnline, invitations);
    }

    public Membership withPartner(boolean online) {
        return new Membership(room, read, unread, mentions, hasDraft, online, invitations);
    }
}
