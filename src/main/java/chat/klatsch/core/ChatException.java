package chat.klatsch.core;

import java.time.Duration;

/** A refused request. The message is written for the user, the kind for the calling code. */
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
    private final Duration retryAfter;

    public ChatException(Kind kind, String message) {
        this(kind, message, Duration.ZERO);
    }

    /** @param retryAfter the delay before a retry, or zero where a retry does not help */
    public ChatException(Kind kind, String message, Duration retryAfter) {
        super(message);
        this.kind = kind;
        this.retryAfter = retryAfter;
    }

    /** A refusal because the database cannot be reached; the cause is for the log. */
    public static ChatException unavailable(Throwable cause) {
        return unavailable("The chat cannot reach its database. Please try again.", cause);
    }

    /** A refusal because the database did not finish in time; the cause is for the log. */
    public static ChatException busy(Throwable cause) {
        return unavailable("The chat is too busy. Please try again.", cause);
    }

    /** A refusal because the message does not exist or has been deleted. */
    public static ChatException noSuchMessage() {
        return new ChatException(Kind.NOT_FOUND, "This message does not exist or has been deleted.");
    }

    private static ChatException unavailable(String message, Throwable cause) {
        ChatException unavailable = new ChatException(Kind.UNAVAILABLE, message, Duration.ofSeconds(2));
        unavailable.initCause(cause);
        return unavailable;
    }

    /** Refuses an input that breaks a rule. @param reason the rule, worded for the user */
    public static ChatException invalid(String reason) {
        return new ChatException(Kind.INVALID, reason);
    }

    public Kind kind() {
        return kind;
    }

    public Duration retryAfter() {
        return retryAfter;
    }

    /** Returns the message for the user. */
    public String reason() {
        return String.valueOf(getMessage());
    }

    /** A refusal that does not reveal whether the room exists. */
    public static ChatException roomNotFound() {
        return new ChatException(Kind.NOT_FOUND, "This room does not exist, or you do not have access to it.");
    }
}
