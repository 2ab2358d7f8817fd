package chat.klatsch.core;

import java.util.regex.Pattern;

/** A room's id in URLs: {@code lobby}, or an unguessable token. */
public record RoomId(String value) {
    private static final int RANDOM_BITS = 128;

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{1,32}");

    /** The public room, created with the database. */
    public static final RoomId LOBBY = new RoomId("lobby");

    /** @throws ChatException NOT_FOUND if the text is not a valid id */
    public RoomId {
        if (!FORM.matcher(value).matches()) {
            throw ChatException.roomNotFound();
        }
    }

    /** Returns an unguessable id for a new room. */
    public static RoomId random() {
        return new RoomId(RandomToken.ofBits(RANDOM_BITS));
    }

    @Override
    public String toString() {
        return value;
    }
}
