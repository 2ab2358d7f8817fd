package chat.klatsch.room;

/**
 * A room and how far one of its members has read it.
 *
 * @param unread how many messages came after the last that this member has seen
 * @param mentions in how many of those this member is mentioned
 * @param partnerOnline whether the other person of a private chat is there
 */
public record Membership(Room room, long unread, long mentions, boolean partnerOnline) {
    public Membership withUnread(long messages, long mentioned) {
        return new Membership(room, messages, mentioned, partnerOnline);
    }

    public Membership withPartner(boolean online) {
        return new Membership(room, unread, mentions, online);
    }
}
