package chat.klatsch.message;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.NormalText;
import chat.klatsch.core.RoomId;
import chat.klatsch.core.Sha256;
import chat.klatsch.core.TextRules;
import chat.klatsch.core.User;
import chat.klatsch.draft.DraftVersion;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * A message that is not stored yet. The text is in its normal form. The author may send it again under the same
 * idempotency key; an empty key is replaced by a random one.
 *
 * @param replyTo the sequence number of the message that it replies to
 * @param saved the last save of the composer's text that it supersedes, for a message from a composer
 */
public record Draft(User author, String body, String key, OptionalLong replyTo, Optional<DraftVersion> saved) {
    private static final int MAX_KEY_LENGTH = 100;

    /** @throws ChatException INVALID for a blank text, and for a key that is long or has unprintable characters */
    public Draft {
        body = text(body);
        key = key.isEmpty() ? UUID.randomUUID().toString() : key;
        if (key.length() > MAX_KEY_LENGTH || key.codePoints().anyMatch(TextRules::isUnprintable)) {
            throw ChatException.invalid("refusal.message.key", MAX_KEY_LENGTH);
        }
    }

    /** A message that is not from a composer. */
    public Draft(User author, String body, String key, OptionalLong replyTo) {
        this(author, body, key, replyTo, Optional.empty());
    }

    /** A message that is not a reply. */
    public Draft(User author, String body, String key) {
        this(author, body, key, OptionalLong.empty());
    }

    /** Returns the length in code points. */
    public int length() {
        return body.codePointCount(0, body.length());
    }

    /**
     * Normalises a message's text, without blank lines before it and white space after it. The first line keeps its
     * indentation.
     *
     * @throws ChatException INVALID if it is blank
     */
    static String text(String body) {
        String text = NormalText.of(body).stripTrailing();
        if (text.codePoints().allMatch(TextRules::isInvisible)) {
            throw ChatException.invalid("refusal.message.blank");
        }
        int blanks = text.length() - text.stripLeading().length();
        return text.substring(text.lastIndexOf('\n', blanks) + 1);
    }

    /**
     * Returns the SHA-256 of room, author, key and text, which identifies a message. Lengths come first, so that no two
     * drafts encode to the same bytes.
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
}
