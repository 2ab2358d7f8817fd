package chat.klatsch.admin;

import chat.klatsch.core.User;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Something that was done to somebody, or to what is theirs, by whoever may: an entry of the audit list. It says who,
 * what and when, and nothing of what anybody has written.
 *
 * @param id rises from one to the next
 * @param user to whom it was done
 * @param room the name of the room in which it was done, as it was then
 * @param seq the place of the message that it is about
 * @param note why, in the words of whoever did it, or empty
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
    /** What was done. */
    public enum Action {
        BANNED("banned"),
        UNBANNED("let back in"),
        APPOINTED("made an operator of"),
        DISMISSED("dismissed the operator"),
        RESET_ALLOWED("made a link to a new password for"),
        MESSAGE_DELETED("deleted a message of"),
        ROOM_DELETED("deleted the room"),
        ROOM_CLOSED("closed the room"),
        ROOM_TAKEN("took over the room"),
        MUTED("muted"),
        UNMUTED("unmuted");

        private final String words;

        Action(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }
}
