package chat.klatsch.web.room;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.RandomToken;
import chat.klatsch.core.RoomId;
import chat.klatsch.draft.DraftVersion;
import chat.klatsch.draft.SavedDraft;
import chat.klatsch.message.Quote;
import chat.klatsch.web.http.Json;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * The form for a new message. Its idempotency key is a random series and a number, so that the next forms of the series
 * are in the page, hidden, before a message is sent. The next key is typed in the first of them, even without a network.
 *
 * @param viewer the username of the user for whom it is rendered, or empty
 * @param replyTo the sequence number of the message that it replies to
 * @param quote an excerpt of that message, if it is shown
 * @param body the text so far
 * @param refusal the reason why it was not sent
 * @param draft the saved draft that it shows
 */
public record Composer(
        String viewer,
        RoomId room,
        String key,
        OptionalLong replyTo,
        Optional<Quote> quote,
        String body,
        Optional<ChatException> refusal,
        Optional<DraftVersion> draft) {
    /** The number of hidden forms, and so of messages that can be sent before another form arrives. */
    private static final int SPARES = 12;

    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_-]{22}\\.[1-9][0-9]{0,5}");
    private static final Pattern NUMBER = Pattern.compile("\\.[0-9]+$");

    /** Starts a new series. */
    static Composer fresh(String viewer, RoomId room) {
        return empty(viewer, room, RandomToken.ofBits(128) + ".1");
    }

    /** Returns the saved draft, if this form itself has saved it. */
    public Optional<DraftVersion> kept() {
        return draft.filter(saved -> saved.key().equals(key));
    }

    /** Starts a new series with a saved draft. @param quote an excerpt of the message that it replies to, if it still exists */
    static Composer of(String viewer, RoomId room, SavedDraft draft, Optional<Quote> quote) {
        return showing(draft, quote, viewer, room, fresh(viewer, room).key());
    }

    /** Shows a message again that could not be sent, under the key that it was sent with. */
    static Composer unsent(String viewer, RoomId room, SavedDraft draft, Optional<Quote> quote) {
        return showing(draft, quote, viewer, room, draft.version().key());
    }

    private static Composer showing(SavedDraft draft, Optional<Quote> quote, String viewer, RoomId room, String key) {
        OptionalLong replyTo =
                quote.map(answered -> OptionalLong.of(answered.seq())).orElse(OptionalLong.empty());
        return new Composer(
                viewer, room, key, replyTo, quote, draft.body(), Optional.empty(), Optional.of(draft.version()));
    }

    /** Returns the form that joins the spare ones when this key is sent. @throws ChatException MALFORMED for another key */
    static Composer next(String viewer, RoomId room, String key) {
        return empty(viewer, room, keyAfter(key, SPARES + 1));
    }

    /** Returns the hidden forms that follow this one. */
    public List<Composer> spares() {
        return IntStream.rangeClosed(1, SPARES)
                .mapToObj(n -> empty(viewer, room, keyAfter(key, n)))
                .toList();
    }

    /** Returns the key of the first form of the series. */
    public String firstKey() {
        return NUMBER.matcher(key).replaceFirst(".1");
    }

    /** Returns the series of the key, which the forms of one page share. */
    String series() {
        return NUMBER.matcher(key).replaceFirst("");
    }

    /** Returns the place of the form in its series. */
    int number() {
        return Integer.parseInt(key.substring(series().length() + 1));
    }

    /** Returns the key of a form. @throws ChatException MALFORMED for any other text */
    static String requireKey(String key) {
        if (!KEY.matcher(key).matches()) {
            throw Json.malformed();
        }
        return key;
    }

    private static String keyAfter(String key, int steps) {
        int end = requireKey(key).indexOf('.');
        return key.substring(0, end) + "." + (Integer.parseInt(key.substring(end + 1)) + steps);
    }

    Composer replyingTo(Quote answered) {
        return new Composer(
                viewer, room, key, OptionalLong.of(answered.seq()), Optional.of(answered), body, refusal, draft);
    }

    /** Returns a form that was refused, with its text and key. @param shown the saved draft that it showed first */
    static Composer refused(
            String viewer,
            RoomId room,
            String key,
            OptionalLong replyTo,
            String body,
            ChatException refusal,
            Optional<DraftVersion> shown) {
        return new Composer(viewer, room, key, replyTo, Optional.empty(), body, Optional.of(refusal), shown);
    }

    private static Composer empty(String viewer, RoomId room, String key) {
        return new Composer(
                viewer, room, key, OptionalLong.empty(), Optional.empty(), "", Optional.empty(), Optional.empty());
    }

    /** The key of the text that says what to do with a message that was refused, on a page of its own. */
    public String advice() {
        return switch (refusal.map(ChatException::kind).orElse(ChatException.Kind.FAILED)) {
            case SIGNED_OUT -> "advice.sign.in";
            case OTHER_USER, FORBIDDEN, NOT_FOUND -> "advice.copy";
            case INVALID, TOO_LARGE, MALFORMED -> "advice.change";
            default -> "advice.wait";
        };
    }
}
