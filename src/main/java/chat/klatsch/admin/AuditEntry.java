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
 * @param note the actor's reason; empty if there is none. {@link #isByHost} tells what it is for roles
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
    /** The note of a role that the application around the chat has given or taken. Old entries have another one. */
    public static final String BY_HOST = "host";

    /** The kind of action. */
    public enum Action {
        BANNED,
        UNBANNED,
        APPOINTED,
        DISMISSED,
        SITE_NAMED,
        RESET_ALLOWED,
        MESSAGE_DELETED,
        ROOM_DELETED,
        ROOM_CLOSED,
        ROOM_TAKEN,
        MUTED,
        UNMUTED,
        ROOM_EXPORTED;

        private static final Set<Action> OF_OWNERS_TOO = EnumSet.of(MESSAGE_DELETED, MUTED, UNMUTED, ROOM_EXPORTED);

        /** Returns whether room owners, too, may do this. All else takes an operator. */
        public boolean isOfOwnersToo() {
            return OF_OWNERS_TOO.contains(this);
        }
    }

    /** Returns whether the application around the chat has changed the role. The user then stands for it. */
    public boolean isByHost() {
        return !note.isEmpty() && (action == Action.APPOINTED || action == Action.DISMISSED);
    }
}
