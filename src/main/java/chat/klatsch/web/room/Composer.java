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
 * The form for a new message. Its idempotency key is a random series and a number, so that the next forms of the series
 * can be prefetched and are ready when a message is sent, even without a network.
 *
 * @param viewer the username of the user for whom it is drawn, or empty
 * @param replyTo the sequence number of the message that it replies to
 * @param quote an excerpt of that message, if it is shown
 * @param body the text so far
 * @param refusal the reason why it was not sent
 */
public record Composer(
        String viewer,
        RoomId room,
        String key,
        OptionalLong replyTo,
        Optional<Quote> quote,
        String body,
        Optional<String> refusal) {
    /** The number of prefetched forms, and so of messages that can be written while the network is down. */
    private static final int PREFETCHED = 4;

    private static final Pattern KEY = Pattern.compile("([A-Za-z0-9_-]{22})\\.([1-9][0-9]{0,5})");

    /** Starts a new series. */
    static Composer fresh(String viewer, RoomId room) {
        return empty(viewer, room, RandomToken.ofBits(128) + ".1");
    }

    /** Returns the form after the one with this key. @throws ChatException MALFORMED for a key of another form */
    static Composer next(String viewer, RoomId room, String key) {
        return empty(viewer, room, keyAfter(key, 1));
    }

    /** Returns the keys after which to prefetch a form: several for the first form of a series, one for each later one. */
    public List<String> keysToPrefetch() {
        int from = key.endsWith(".1") ? 0 : PREFETCHED - 1;
        return IntStream.range(from, PREFETCHED).mapToObj(n -> keyAfter(key, n)).toList();
    }

    /** Joins a sent form's two fields: the first line, where Enter sends, and the other lines, where it does not. */
    static String submittedText(Context context) {
        String body = Objects.requireNonNullElse(context.formParam("body"), "");
        String lines = Objects.requireNonNullElse(context.formParam("lines"), "");
        return lines.isEmpty() ? body : body + "\n" + lines;
    }

    public String firstLine() {
        return body.split("\n", 2)[0];
    }

    /** Returns the lines after the first one. */
    public String otherLines() {
        return body.substring(Math.min(body.length(), firstLine().length() + 1));
    }

    private static String keyAfter(String key, int steps) {
        Matcher matcher = KEY.matcher(key);
        if (!matcher.matches()) {
            throw Json.malformed();
        }
        return matcher.group(1) + "." + (Integer.parseInt(matcher.group(2)) + steps);
    }

    Composer withBody(String text) {
        return new Composer(viewer, room, key, replyTo, quote, text, refusal);
    }

    Composer replyingTo(Quote answered) {
        return new Composer(viewer, room, key, OptionalLong.of(answered.seq()), Optional.of(answered), body, refusal);
    }

    /** Returns a form that was refused, with its text and key. */
    static Composer refused(String viewer, RoomId room, String key, OptionalLong replyTo, String body, String refusal) {
        return new Composer(viewer, room, key, replyTo, Optional.empty(), body, Optional.of(refusal));
    }

    private static Composer empty(String viewer, RoomId room, String key) {
        return new Composer(viewer, room, key, OptionalLong.empty(), Optional.empty(), "", Optional.empty());
    }
}
