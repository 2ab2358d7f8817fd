package chat.klatsch.room;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.RoomId;
import chat.klatsch.core.User;
import chat.klatsch.core.UserId;
import java.util.Optional;

/**
 * A room as one of its members sees it.
 *
 * @param name what this member knows it by: a private chat has the other person's name
 * @param owner whose room it is; nobody's where all are equal
 * @param partner the other person in a private chat
 * @param verifiedOnly whether only people with a verified e-mail address may join
 * @param muted whether this member reads only
 * @param operated whether this member is an operator of the chat
 */
public record Room(
        RoomId id,
        Kind kind,
        String name,
        Optional<UserId> owner,
        Optional<User> partner,
        boolean verifiedOnly,
        boolean muted,
        boolean operated) {
    /** Who may come in. */
    public enum Kind {
        /** Everybody, and everybody is. */
        PUBLIC,
        /** Everybody who wants to. */
        OPEN,
        /** Who is invited. */
        CLOSED,
        /** Two people, and nobody else ever. */
        DIRECT
    }

    /** Whether people come and go, are invited and removed. */
    public boolean isGroup() {
        return kind == Kind.OPEN || kind == Kind.CLOSED;
    }

    public boolean isOwnedBy(User user) {
        return owner.filter(user.id()::equals).isPresent();
    }

    /**
     * Whether this person, for whom it was looked up, may take away what others have said in it, and mute them. In a
     * private chat nobody may: the two are equal.
     */
    public boolean isModeratedBy(User user) {
        return isOwnedBy(user) || operated && kind != Kind.DIRECT;
    }

    /** The refusal of what somebody says who may only read. */
    public static ChatException readsOnly() {
        return new ChatException(
                ChatException.Kind.FORBIDDEN, "You are muted in this room: you can read it, but not write to it.");
    }

    /** Whose room it is cannot leave it. */
    public static ChatException ownerStays() {
        return new ChatException(
                ChatException.Kind.FORBIDDEN, "It is your room. Give it to somebody else first, or delete it.");
    }

    public static ChatException ownersOnly() {
        return new ChatException(ChatException.Kind.FORBIDDEN, "Only the owner of a room may do that.");
    }

    /** Who is not a member any more says nothing, not even over a connection that is still open. */
    public static ChatException left() {
        return new ChatException(ChatException.Kind.FORBIDDEN, "You do not belong to this room any more.");
    }
}
