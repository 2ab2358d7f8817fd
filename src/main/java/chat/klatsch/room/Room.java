package chat.klatsch.room;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.RoomId;
import chat.klatsch.core.User;
import chat.klatsch.core.UserId;
import chat.klatsch.text.Texts;
import java.util.Optional;

/**
 * A room as one of its members sees it.
 *
 * @param name the name for this member: a direct room has the other user's name
 * @param owner the owner of a group; public and direct rooms have none
 * @param partner the other user of a direct room
 * @param verifiedOnly whether only users with a verified email address may join
 * @param muteReason why this member is muted, empty if the moderator gave no reason; nothing if not muted
 * @param operated whether this member is an operator
 */
public record Room(
        RoomId id,
        Kind kind,
        String name,
        Optional<UserId> owner,
        Optional<User> partner,
        boolean verifiedOnly,
        Optional<String> muteReason,
        boolean operated) {
    /** Decides who can be a member. */
    public enum Kind {
        /** All users are members. */
        PUBLIC,
        /** Every user may join. */
        OPEN,
        /** Users join by invitation. */
        CLOSED,
        /** Exactly two users, for good. */
        DIRECT
    }

    /** The most characters of a reason to mute. */
    public static final int MAX_REASON_LENGTH = 200;

    /** Returns the name. That of a chat with a deleted account is in the reader's language. */
    public String nameIn(Texts texts) {
        return partner.map(user -> user.nameIn(texts)).orElse(name);
    }

    /** Returns whether this member can only read. */
    public boolean muted() {
        return muteReason.isPresent();
    }

    /** Returns whether members can join, leave and be removed. */
    public boolean isGroup() {
        return kind == Kind.OPEN || kind == Kind.CLOSED;
    }

    public boolean isOwnedBy(User user) {
        return owner.filter(user.id()::equals).isPresent();
    }

    /**
     * Returns whether the user, for whom the room was looked up, may delete others' messages and mute members: the owner
     * and operators, but nobody in a direct room.
     */
    public boolean isModeratedBy(User user) {
        return isOwnedBy(user) || operated && kind != Kind.DIRECT;
    }

    /** A refusal for a muted user. */
    public static ChatException readsOnly() {
        return new ChatException(ChatException.Kind.FORBIDDEN, "refusal.muted");
    }

    /** A refusal for an owner who leaves. */
    public static ChatException ownerStays() {
        return new ChatException(ChatException.Kind.FORBIDDEN, "refusal.owner.stays");
    }

    public static ChatException ownersOnly() {
        return new ChatException(ChatException.Kind.FORBIDDEN, "refusal.owners.only");
    }

    public static ChatException moderatorsOnly() {
        return new ChatException(ChatException.Kind.FORBIDDEN, "refusal.moderators.only");
    }

    /** A refusal for a user whom the owner has removed and who joins again. */
    public static ChatException removed() {
        return new ChatException(ChatException.Kind.FORBIDDEN, "refusal.removed");
    }

    /** A refusal for a user who was removed while a connection was open. */
    public static ChatException notAMember() {
        return new ChatException(ChatException.Kind.FORBIDDEN, "refusal.no.longer.member");
    }
}
