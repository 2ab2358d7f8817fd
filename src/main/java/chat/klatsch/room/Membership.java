package chat.klatsch.room;

/**
 * A room and its unread messages for one member.
 *
 * @param unread the number of unread messages
 * @param mentions the number of unread messages that mention the member
 * @param partnerOnline whether the other user of a direct room is online
 */
public record Membership(Room room, long unread, long mentions, boolean partnerOnline) {
    public Membership withUnread(long messages, long mentioned) {
        return new Membership(room, messages, mentioned, partnerOnline);
    }

    public Membership withPartner(boolean online) {
        return new Membership(room, unread, mentions, online);
    }
}
