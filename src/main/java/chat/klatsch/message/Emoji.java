package chat.klatsch.message;

import chat.klatsch.core.ChatException;
import chat.klatsch.text.Texts;
import java.util.List;
import java.util.Optional;

/**
 * An emoji that users can react to a message with.
 *
 * @param code the name in forms and in the database: a word for the usual ones, the symbol itself for all others
 * @param name what it is called in English
 */
public record Emoji(String code, String symbol, String name) {
    public static final Emoji LIKE = usual("like", "👍");
    public static final Emoji LOVE = usual("love", "❤️");
    public static final Emoji LAUGH = usual("laugh", "😂");
    public static final Emoji WOW = usual("wow", "😮");
    public static final Emoji SAD = usual("sad", "😢");
    public static final Emoji CHEER = usual("cheer", "🎉");

    /** The most different reactions to one message. */
    public static final int MAX_PER_MESSAGE = 20;

    private static final List<Emoji> USUAL = List.of(LIKE, LOVE, LAUGH, WOW, SAD, CHEER);

    private static Emoji usual(String code, String symbol) {
        return new Emoji(code, symbol, code);
    }

    /** Returns the ones that every message offers, in the order in which reactions are shown. */
    public static List<Emoji> usual() {
        return USUAL;
    }

    /** Returns what screen readers call it, in German or else in English. */
    public String nameIn(Texts texts) {
        return EmojiList.name(this, texts.locale());
    }

    /** Returns the place among the reactions to a message. All but the usual ones stand in the order of their arrival. */
    public int rank() {
        int place = USUAL.indexOf(this);
        return place < 0 ? USUAL.size() : place;
    }

    /** Finds an emoji by its code or its symbol. @throws ChatException INVALID if there is none */
    public static Emoji of(String word) {
        return usualNamed(word)
                .or(() -> EmojiList.named(word))
                .orElseThrow(() -> ChatException.invalid("refusal.reaction.unknown"));
    }

    /** Returns a stored reaction. One that only a newer list has is its own name. */
    public static Emoji stored(String code) {
        return usualNamed(code).or(() -> EmojiList.named(code)).orElseGet(() -> new Emoji(code, code, code));
    }

    private static Optional<Emoji> usualNamed(String word) {
        return USUAL.stream()
                .filter(emoji -> emoji.code().equals(word) || emoji.symbol().equals(word))
                .findFirst();
    }
}
