package chat.klatsch.web.socket;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.RoomId;
import chat.klatsch.inbox.InboxView;
import chat.klatsch.inbox.SeenRange;
import chat.klatsch.web.http.Json;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A JSON object that a client sends. The first known field tells its kind; unknown fields are ignored. */
@JsonTypeInfo(use = JsonTypeInfo.Id.DEDUCTION)
@JsonSubTypes({
    @JsonSubTypes.Type(ClientMessage.Post.class),
    @JsonSubTypes.Type(ClientMessage.Resume.class),
    @JsonSubTypes.Type(ClientMessage.Watch.class),
    @JsonSubTypes.Type(ClientMessage.Read.class),
    @JsonSubTypes.Type(ClientMessage.Typing.class)
})
sealed interface ClientMessage {
    void applyTo(SocketSession session);

    /** @throws ChatException MALFORMED unless the text is one client message */
    static ClientMessage parse(String text) {
        return Json.parse(text, ClientMessage.class);
    }

    /**
     * Posts a message.
     *
     * @param key the idempotency key; without one, sending again posts again
     * @param replyTo the sequence number of the message that it replies to
     */
    record Post(
            @JsonProperty(required = true) @Nullable String body,
            @Nullable String key,
            @Nullable Long replyTo) implements ClientMessage {
        @Override
        public void applyTo(SocketSession session) {
            session.post(
                    Objects.requireNonNullElse(body, ""),
                    Objects.requireNonNullElse(key, ""),
                    replyTo == null ? OptionalLong.empty() : OptionalLong.of(Json.nonNegative(replyTo)));
        }
    }

    /**
     * Starts delivery after {@code ?resume}.
     *
     * @param after the version of the room up to which the client has everything
     * @param listed the digest of the room list on the client's page, if it shows one
     * @param named the version of the users' names on the client's page, if it shows any
     */
    record Resume(
            long after, @Nullable String listed, @Nullable Long named) implements ClientMessage {
        @Override
        public void applyTo(SocketSession session) {
            session.resume(
                    Json.nonNegative(after),
                    listed,
                    named == null ? OptionalLong.empty() : OptionalLong.of(Json.nonNegative(named)));
        }
    }

    /**
     * Starts the updates of the room list on a page that shows no room, or older messages of one.
     *
     * @param page the page's title
     * @param listed the digest of the room list on the page
     * @param current the room that the list marks as the current one, or empty
     */
    record Watch(
            @JsonProperty(required = true) @Nullable String page,
            @Nullable String listed,
            @Nullable String current) implements ClientMessage {
        private static final int MAX_TITLE = 200;

        @Override
        public void applyTo(SocketSession session) {
            if (page == null || page.length() > MAX_TITLE) {
                throw new ChatException(ChatException.Kind.MALFORMED, "refusal.page.title");
            }
            Optional<RoomId> room =
                    current == null || current.isEmpty() ? Optional.empty() : Optional.of(new RoomId(current));
            session.watch(new InboxView.Page(page, room, false, false), Objects.requireNonNullElse(listed, ""));
        }
    }

    /**
     * Reports that the user has seen messages.
     *
     * @param read the sequence number of the last one
     * @param from the first one; without it, all earlier ones count as seen
     * @param resets the resets of the user's read marker that the page knows of, if it is to be obsolete after another one
     */
    record Read(long read, @Nullable Long from, @Nullable Long resets) implements ClientMessage {
        @Override
        public void applyTo(SocketSession session) {
            session.read(new SeenRange(
                    Json.nonNegative(from == null ? 0 : from),
                    Json.nonNegative(read),
                    resets == null ? OptionalLong.empty() : OptionalLong.of(Json.nonNegative(resets))));
        }
    }

    /** Reports that the user is typing; the field's value does not matter. */
    record Typing(JsonNode typing) implements ClientMessage {
        @Override
        public void applyTo(SocketSession session) {
            session.typing();
        }
    }
}
