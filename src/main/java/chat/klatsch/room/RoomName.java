package chat.klatsch.room;

import java.text.Normalizer;
import java.util.Locale;

/** A room's name, found acceptable: 1 to 64 characters that can be seen, in their composed form. */
public record RoomName(String value) {
    private static final int LONGEST = 64;

    /** @throws ChatException INVALID with what is wrong */
    public RoomName {
        value = Normalizer.normalize(value, Normalizer.Form.NFC).strip().replaceAll("\\s+", " ");
        if (value.codePoints().allMatch(Draft::invisible)) {
            throw new ChatException(ChatException.Kind.INVALID, "Please give the room a name.");
        }
        if (value.codePointCount(0, value.length()) > LONGEST) {
            throw new ChatException(
                    ChatException.Kind.INVALID, "A room's name may have %d characters.".formatted(LONGEST));
        }
        if (value.codePoints().anyMatch(RoomName::misleading)) {
            throw new ChatException(ChatException.Kind.INVALID, "The name has characters that cannot be shown.");
        }
    }

    /** The form in which names of open rooms are compared: without case, accents, spaces and the like. */
    public String comparable() {
        return Normalizer.normalize(value, Normalizer.Form.NFKD)
                .replaceAll("[\\p{M}\\p{Z}\\p{P}]", "")
                .toUpperCase(Locale.ROOT)
                .toLowerCase(Locale.ROOT);
    }

    /** Control characters, halves of pairs, and what changes the order or hides between the others; joiners make emoji. */
    private static boolean misleading(int character) {
        int type = Character.getType(character);
        return Character.isISOControl(character)
                || type == Character.SURROGATE
                || type == Character.UNASSIGNED
                || type == Character.PRIVATE_USE
                || (type == Character.FORMAT && character != 0x200d);
    }

    @Override
    public String toString() {
        return value;
    }
}
