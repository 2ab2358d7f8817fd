package chat.klatsch;

import chat.klatsch.core.RoomId;
import chat.klatsch.core.UserId;
import chat.klatsch.message.Message;
import chat.klatsch.message.Quote;
import chat.klatsch.program.Application;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A message in the state in which it was read. The room and the sequence number identify it for good.
 *
 * @param seq the sequence number in the room: 1, 2, 3… without gaps
 * @param text the text as its author wrote it; empty after deletion
 * @param replyTo the sequence number of the message that it replies to
 * @param edited whether the text has been replaced
 * @param deleted whether only the sequence number and the author remain
 * @param changedAt the time of the last edit, or of the deletion
 * @param reactions in the order in which they are shown
 * @param mentions the usernames of the mentioned members, in lower case
 */
public record ChatMessage(
        RoomId room,
        long seq,
        Person author,
        String text,
        OptionalLong replyTo,
        boolean edited,
        boolean deleted,
        Instant postedAt,
        Optional<Instant> changedAt,
        List<Reaction> reactions,
        Set<String> mentions) {
    /**
     * An emoji and those who reacted to a message with it.
     *
     * @param count the number of users
     * @param usernames the first of them by time, at most 50
     */
    public record Reaction(String emoji, int count, List<String> usernames) {
        /** Copies the list. */
        public Reaction {
            usernames = List.copyOf(usernames);
        }
    }

    /** Copies the collections. */
    public ChatMessage {
        reactions = List.copyOf(reactions);
        mentions = Set.copyOf(mentions);
    }

    static ChatMessage of(Message message, Application application) {
        return of(message, application.ids(List.of(message.author())));
    }

    static List<ChatMessage> of(List<Message> messages, Application application) {
        Map<UserId, String> ids =
                application.ids(messages.stream().map(Message::author).toList());
        return messages.stream().map(message -> of(message, ids)).toList();
    }

    private static ChatMessage of(Message message, Map<UserId, String> ids) {
        return new ChatMessage(
                message.room(),
                message.seq(),
                Person.of(message.author(), ids),
                message.body(),
                message.quote().map(Quote::seq).map(OptionalLong::of).orElseGet(OptionalLong::empty),
                message.isEdited(),
                message.isDeleted(),
                message.postedAt(),
                message.changedAt(),
                message.reactions().stream()
                        .map(reaction ->
                                new Reaction(reaction.emoji().symbol(), reaction.count(), reaction.usernames()))
                        .toList(),
                message.mentioned());
    }
}
