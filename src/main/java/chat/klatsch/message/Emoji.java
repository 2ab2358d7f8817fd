package chat.klatsch.message;

import chat.klatsch.core.ChatException;
import java.util.Locale;

/** What people can say to a message without a word. */
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

    /** Its name in forms and in the database. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws ChatException INVALID for anything that is none of the six */
    public static Emoji of(String word) {
        for (Emoji emoji : values()) {
            if (emoji.word().equals(word)) {
                return emoji;
            }
        }
        throw new ChatException(ChatException.Kind.INVALID, "There is no such reaction.");
    }
}
