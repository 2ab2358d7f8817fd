package chat.klatsch.core;

import java.util.regex.Pattern;

/** A room's name in URLs: {@code lobby}, or random characters that nobody can guess. */
public record RoomId(String value) {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{1,32}");

    /** The public room, which exists from the first start on. */
    public static final RoomId LOBBY = new RoomId("lobby");

    /** @throws ChatException NOT_FOUND when the text cannot be a room's id */
    public RoomId {
        if (!FORM.matcher(value).matches()) {
            throw ChatException.roomNotFound();
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
