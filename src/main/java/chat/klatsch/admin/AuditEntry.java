package chat.klatsch.admin;

import chat.klatsch.core.User;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * An entry of the audit log: an action of an operator or a room owner. It contains no text of any message.
 *
 * @param id increases from entry to entry
 * @param user the user whom the action affected
 * @param room the name of the room at that time
 * @param seq the sequence number of the message that the action concerned
 * @param note the actor's reason, or an empty string
 */
public record AuditEntry(
        long id,
        Instant at,
        User actor,
        Action action,
        Optional<User> user,
        Optional<String> room,
        OptionalLong seq,
        String note) {
    /** The kind of action, with its description for operators. */
    public enum Action {
        BANNED("banned"),
        UNBANNED("unbanned"),
        APPOINTED("gave the operator role to"),
        DISMISSED("took the operator role from"),
        SITE_NAMED("named the chat"),
        RESET_ALLOWED("created a password reset link for"),
        MESSAGE_DELETED("deleted a message by"),
        ROOM_DELETED("deleted the room"),
        ROOM_CLOSED("closed the room"),
        ROOM_TAKEN("took over the room"),
        MUTED("muted"),
        UNMUTED("unmuted"),
        ROOM_EXPORTED("exported the room");

        private static final Set<Action> OF_OWNERS_TOO = EnumSet.of(MESSAGE_DELETED, MUTED, UNMUTED, ROOM_EXPORTED);

        private final String description;

        Action(String description) {
            this.description = description;
        }

        public String description() {
            return description;
        }

        /** Returns whether room owners, too, may do this. All else takes an operator. */
        public boolean isOfOwnersToo() {
            return OF_OWNERS_TOO.contains(this);
        }
    }
}
