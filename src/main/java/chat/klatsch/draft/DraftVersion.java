package chat.klatsch.draft;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.TextRules;

/**
 * Names one save of a draft.
 *
 * @param key the idempotency key of the composer that saved it
 * @param at a number that rises with each save by the same composer, so that a save that arrives late is recognised
 */
public record DraftVersion(String key, long at) {
    /** The number of a save that is never late. */
    public static final long LAST = Long.MAX_VALUE;

    private static final int MAX_KEY_LENGTH = 100;

    /** Returns whether a composer may have this key. */
    public static boolean isKey(String key) {
        return !key.isEmpty()
                && key.length() <= MAX_KEY_LENGTH
                && key.codePoints()
                        .noneMatch(character -> TextRules.isInvisible(character) || TextRules.isUnprintable(character));
    }

    /** @throws ChatException INVALID for a key that is empty, long or contains white space or unprintable characters */
    public DraftVersion {
        if (!isKey(key)) {
            throw ChatException.invalid("refusal.draft.key", MAX_KEY_LENGTH);
        }
    }

    /** Names the composer together with a text, which another composer may have sent. White space around it is ignored. */
    public String keyWith(String body) {
        return key + "#" + Integer.toHexString(body.strip().hashCode());
    }

    @Override
    public String toString() {
        return key + "@" + at;
    }
}
