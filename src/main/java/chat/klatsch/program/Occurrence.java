package chat.klatsch.program;

import chat.klatsch.core.RoomId;
import chat.klatsch.core.User;
import chat.klatsch.message.Message;
import java.time.Instant;

/** Something that has happened in a room and that programs are told. */
public sealed interface Occurrence {
    RoomId room();

    /** The ways in which a message changes. */
    enum Kind {
        POSTED,
        EDITED,
        DELETED,
        REACTED
    }

    /** A message was posted or has changed. The message is in the state in which it was read. */
    record MessageChanged(Kind kind, Message message) implements Occurrence {
        @Override
        public RoomId room() {
            return message.room();
        }
    }

    /** A user became a member of a room, or is none any longer. */
    record MemberChanged(RoomId room, User user, boolean joined, Instant at) implements Occurrence {}
}
