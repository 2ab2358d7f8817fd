package chat.klatsch.message;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.RoomId;
import chat.klatsch.core.Sha256;
import chat.klatsch.core.TextRules;
import chat.klatsch.core.User;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * A message before it has its place in a room: text that is safe to store everywhere, without blank
 * space at its ends, and the idempotency key under which its author may send it again. Without a key, which is an empty
 * one, it gets its own and is a message of its own.
 *
 * @param replyTo the number of the message that it answers
 */
public record Draft(User author, String body, String key, OptionalLong replyTo) {
    private static final int KEY_LENGTH = 100;

    /** @throws ChatException INVALID for a blank text, NUL and other control characters, half a surrogate pair, or a long key */
    public Draft {
        body = body.replace("\r\n", "\n").strip();
        if (body.codePoints().allMatch(TextRules::isInvisible)) {
            throw invalid("Please write something first.");
        }
        if (body.codePoints().anyMatch(TextRules::isUnprintable)) {
            throw invalid("The message has characters that cannot be shown.");
        }
        key = key.isEmpty() ? UUID.randomUUID().toString() : key;
        if (key.length() > KEY_LENGTH || key.codePoints().anyMatch(TextRules::isUnprintable)) {
            throw invalid("The key may have at most " + KEY_LENGTH + " printable characters.");
        }
    }

    /** A message that answers none. */
    public Draft(User author, String body, String key) {
        this(author, body, key, OptionalLong.empty());
    }

    /** Its length as people count: an emoji outside the basic plane is one. */
    public int length() {
        return body.codePointCount(0, body.length());
    }

    /**
     * What makes two sends the same message: room, author, key and text (SHA-256). The lengths come first, so that no
     * two different drafts run together.
     */
    public byte[] fingerprint(RoomId room) {
        byte[] roomBytes = room.value().getBytes(StandardCharsets.UTF_8);
        byte[] keyBytes = key.getBytes(StandardCharsets.UTF_8);
        byte[] bodyBytes = body.getBytes(StandardCharsets.UTF_8);
        ByteBuffer all = ByteBuffer.allocate(16 + roomBytes.length + keyBytes.length + bodyBytes.length)
                .putLong(author.id().value())
                .putInt(roomBytes.length)
                .putInt(keyBytes.length)
                .put(roomBytes)
                .put(keyBytes)
                .put(bodyBytes);
        return Sha256.of(all.array());
    }

    private static ChatException invalid(String reason) {
        return new ChatException(ChatException.Kind.INVALID, reason);
    }
}
