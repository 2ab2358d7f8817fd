package chat.klatsch.core;

import chat.klatsch.text.Languages;
import chat.klatsch.text.Text;
import java.io.Serializable;
import java.time.Duration;

/** A refused request. The text is written for the user, the kind for the calling code. The message is the text in English. */
public final class ChatException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** The reason for a refusal. The web maps each kind to one status code. */
    public enum Kind {
        /** The request is malformed. */
        MALFORMED,
        /** The input breaks a rule, for example it is blank or too long. */
        INVALID,
        /** The input has more bytes than allowed. */
        TOO_LARGE,
        /** No session, or wrong credentials. */
        SIGNED_OUT,
        /** The user is signed in but lacks permission. */
        FORBIDDEN,
        /** The page that sends the request was rendered for another user than the one who is signed in. */
        OTHER_USER,
        /** It does not exist, or the user may not know that it does. */
        NOT_FOUND,
        /** The name or address is already in use. */
        TAKEN,
        /** A limit is exceeded. Retry after {@link ChatException#retryAfter()}. */
        TOO_MANY,
        /** The server is temporarily unable to do it. Retry after {@link ChatException#retryAfter()}. */
        UNAVAILABLE,
        /** An unexpected error. */
        FAILED
    }

    private final Kind kind;
    private final Text text;
    private final Duration retryAfter;

    /** @param key the name of the text in the resource bundles */
    public ChatException(Kind kind, String key, Serializable... arguments) {
        this(kind, new Text(key, arguments), Duration.ZERO);
    }

    /** @param retryAfter the delay before a retry, or zero where a retry does not help */
    public ChatException(Kind kind, Text text, Duration retryAfter) {
        this.kind = kind;
        this.text = text;
        this.retryAfter = retryAfter;
    }

    /** A refusal because the database cannot be reached; the cause is for the log. */
    public static ChatException unavailable(Throwable cause) {
        return unavailable("refusal.database", cause);
    }

    /** A refusal because the database did not finish in time; the cause is for the log. */
    public static ChatException busy(Throwable cause) {
        return unavailable("refusal.busy", cause);
    }

    /** A refusal because the message does not exist or has been deleted. */
    public static ChatException noSuchMessage() {
        return new ChatException(Kind.NOT_FOUND, "refusal.message.missing");
    }

    private static ChatException unavailable(String key, Throwable cause) {
        ChatException unavailable = new ChatException(Kind.UNAVAILABLE, new Text(key), Duration.ofSeconds(2));
        unavailable.initCause(cause);
        return unavailable;
    }

    /** Refuses an input that breaks a rule. @param key the name of the text that tells the rule */
    public static ChatException invalid(String key, Serializable... arguments) {
        return new ChatException(Kind.INVALID, key, arguments);
    }

    public Kind kind() {
        return kind;
    }

    public Duration retryAfter() {
        return retryAfter;
    }

    /** Returns the reason, for a user whose language is not known yet; the message is the same in English. */
    public Text text() {
        return text;
    }

    /** Returns the reason in English, for callers and logs. */
    @Override
    public String getMessage() {
        return Languages.ENGLISH.of(text);
    }

    /** A refusal that does not reveal whether the room exists. */
    public static ChatException roomNotFound() {
        return new ChatException(Kind.NOT_FOUND, "refusal.room.missing");
    }
}
