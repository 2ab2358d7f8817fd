package chat.klatsch;

import chat.klatsch.core.RoomId;
import java.time.Instant;

/**
 * Something that has happened in a room. A message is in the state in which it was read, which may be later: one that was
 * edited right after it was posted is told as posted, with the new text, and then as edited. Several edits, or several
 * changes of the reactions, may be told as one.
 */
public sealed interface ChatEvent {
    /** The room in which it happened. */
    RoomId room();

    /** A message was posted. One that is deleted before it is told is not told as posted. */
    record Posted(ChatMessage message) implements ChatEvent {
        @Override
        public RoomId room() {
            return message.room();
        }
    }

    /** The text of a message was replaced. */
    record Edited(ChatMessage message) implements ChatEvent {
        @Override
        public RoomId room() {
            return message.room();
        }
    }

    /** A message was deleted. */
    record Deleted(ChatMessage message) implements ChatEvent {
        @Override
        public RoomId room() {
            return message.room();
        }
    }

    /** Somebody reacted to a message, or took a reaction back. */
    record Reacted(ChatMessage message) implements ChatEvent {
        @Override
        public RoomId room() {
            return message.room();
        }
    }

    /** A person became a member of a room. Every new user joins the lobby. */
    record Joined(RoomId room, Person person, Instant at) implements ChatEvent {}

    /** A person left a room or was removed. The members of a room that is deleted do not leave it. */
    record Left(RoomId room, Person person, Instant at) implements ChatEvent {}
}
