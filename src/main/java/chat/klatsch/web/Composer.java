package chat.klatsch.web;

import chat.klatsch.room.RoomId;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A form to write in. Its idempotency key is a random series and a number, so the next form of the series can be
 * fetched before it is needed and is there the moment a message is sent, even when the network is not.
 *
 * @param body what is written in it so far
 * @param refusal why it was not sent
 */
public record Composer(RoomId room, String key, String body, Optional<String> refusal) {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Pattern KEY = Pattern.compile("([A-Za-z0-9_-]{22})\\.([1-9][0-9]{0,5})");

    /** The first of a new series. */
    static Composer fresh(RoomId room) {
        byte[] series = new byte[16];
        RANDOM.nextBytes(series);
        return empty(room, Base64.getUrlEncoder().withoutPadding().encodeToString(series) + ".1");
    }

    /** The form that follows the one with this key. @throws ChatException MALFORMED for a key that no composer has */
    static Composer following(RoomId room, String key) {
        Matcher matcher = KEY.matcher(key);
        if (!matcher.matches()) {
            throw Json.malformed();
        }
        return empty(room, matcher.group(1) + "." + (Integer.parseInt(matcher.group(2)) + 1));
    }

    private static Composer empty(RoomId room, String key) {
        return new Composer(room, key, "", Optional.empty());
    }
}
