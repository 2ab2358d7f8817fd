package chat.klatsch.message;

import chat.klatsch.core.ChatException;
import java.util.Locale;

/** The emoji that users can react to a message with. */
public enum Emoji {
    LIKE("👍"),
    LOVE("❤️"),
    LAUGH("😂"),
    WOW("😮"),
    SAD("😢"),
    CHEER("🎉");

    private final String symbol;

    Emoji(String symbol) {
        this.symbol = symbol;
    }

    public String symbol() {
        return symbol;
    }

    /** Returns the name in forms and in the database. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws ChatException INVALID for an unknown name */
    public static Emoji of(String word) {
        for (Emoji emoji : values()) {
            if (emoji.code().equals(word)) {
                return emoji;
            }
        }
        throw new ChatException(ChatException.Kind.INVALID, "Unknown reaction.");
    }
}
