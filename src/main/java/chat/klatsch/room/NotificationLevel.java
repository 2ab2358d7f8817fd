package chat.klatsch.room;

import chat.klatsch.core.ChatException;
import java.util.Arrays;
import java.util.Locale;

/** The unread messages of a room that a member is notified of. */
public enum NotificationLevel {
    /** All messages count. */
    ALL,
    /** Only messages that mention the member count. */
    MENTIONS,
    /** No message counts, not even a mention. */
    NOTHING;

    /** Returns the level's name in forms and in the database. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws ChatException MALFORMED for anything but a {@link #code} */
    public static NotificationLevel of(String code) {
        return Arrays.stream(values())
                .filter(level -> level.code().equals(code))
                .findFirst()
                .orElseThrow(() -> new ChatException(ChatException.Kind.MALFORMED, "refusal.level"));
    }
}
