package chat.klatsch.web.room;

import chat.klatsch.core.RandomToken;
import chat.klatsch.core.RoomId;
import chat.klatsch.message.Quote;
import chat.klatsch.web.http.Json;
import io.javalin.http.Context;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A form to write in. Its idempotency key is a random series and a number, so the next forms of the series can be
 * fetched before they are needed and are there the moment a message is sent, even when the network is not.
 *
 * @param replyTo the number of the message that it answers
 * @param quote that message, where it is to be shown
 * @param body what is written in it so far
 * @param refusal why it was not sent
 */
public record Composer(
        RoomId room, String key, OptionalLong replyTo, Optional<Quote> quote, String body, Optional<String> refusal) {
    /** How many forms are fetched ahead: as many messages can be written while none gets through. */
    private static final int AHEAD = 4;

    private static final Pattern KEY = Pattern.compile("([A-Za-z0-9_-]{22})\\.([1-9][0-9]{0,5})");

    /** The first of a new series. */
    static Composer fresh(RoomId room) {
        return empty(room, RandomToken.ofBits(128) + ".1");
    }

    /** The form that follows the one with this key. @throws ChatException MALFORMED for a key that no composer has */
    static Composer following(RoomId room, String key) {
        return empty(room, later(key, 1));
    }

    /** The keys whose following forms are to be fetched now: the first form fetches several, each later one one more. */
    public List<String> fetchAhead() {
        int from = key.endsWith(".1") ? 0 : AHEAD - 1;
        return IntStream.range(from, AHEAD).mapToObj(n -> later(key, n)).toList();
    }

    /**
     * What is written in a form that was sent: the first line has a field in which Enter sends, the others, if any, have
     * one in which it does not.
     */
    static String written(Context context) {
        String body = Objects.requireNonNullElse(context.formParam("body"), "");
        String lines = Objects.requireNonNullElse(context.formParam("lines"), "");
        return lines.isEmpty() ? body : body + "\n" + lines;
    }

    public String firstLine() {
        return body.split("\n", 2)[0];
    }

    /** What comes after the first line, which has a field of its own. */
    public String otherLines() {
        return body.substring(Math.min(body.length(), firstLine().length() + 1));
    }

    private static String later(String key, int steps) {
        Matcher matcher = KEY.matcher(key);
        if (!matcher.matches()) {
            throw Json.malformed();
        }
        return matcher.group(1) + "." + (Integer.parseInt(matcher.group(2)) + steps);
    }

    /** The same with something written in it already. */
    Composer with(String text) {
        return new Composer(room, key, replyTo, quote, text, refusal);
    }

    /** The same as an answer. */
    Composer answering(Quote answered) {
        return new Composer(room, key, OptionalLong.of(answered.seq()), Optional.of(answered), body, refusal);
    }

    /** What was not sent, as it came. */
    static Composer unsent(RoomId room, String key, OptionalLong replyTo, String body, String refusal) {
        return new Composer(room, key, replyTo, Optional.empty(), body, Optional.of(refusal));
    }

    private static Composer empty(RoomId room, String key) {
        return new Composer(room, key, OptionalLong.empty(), Optional.empty(), "", Optional.empty());
    }
}
