package chat.klatsch.core;

import java.time.Duration;

/** A refusal that a person can understand: its message is written for them, its kind for the programs between. */
public final class ChatException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Why something was refused; the web has one status code for each. */
    public enum Kind {
        /** The request does not have the form it must have. */
        MALFORMED,
        /** The input breaks a rule: blank, too long, not allowed. */
        INVALID,
        /** Nobody is signed in, or not with these words. */
        SIGNED_OUT,
        /** The person is known and may not do this. */
        FORBIDDEN,
        /** It does not exist, or not for this person. */
        NOT_FOUND,
        /** Somebody else has it already. */
        TAKEN,
        /** Too often or too many; allowed again after {@link ChatException#retryAfter()}. */
        TOO_MANY,
        /** The server cannot do it at the moment; worth trying again after {@link ChatException#retryAfter()}. */
        UNAVAILABLE,
        /** Something went wrong that nobody foresaw. */
        FAILED
    }

    private final Kind kind;
    private final Duration retryAfter;

    public ChatException(Kind kind, String message) {
        this(kind, message, Duration.ZERO);
    }

    /** @param retryAfter when to try again; zero where trying again does not help */
    public ChatException(Kind kind, String message, Duration retryAfter) {
        super(message);
        this.kind = kind;
        this.retryAfter = retryAfter;
    }

    /** The refusal while the database does not answer, with what went wrong for the log. */
    public static ChatException unavailable(Throwable cause) {
        return unavailable("The chat cannot reach its database just now. Please try again.", cause);
    }

    /** The refusal of what the database has not done in time, with what went wrong for the log. */
    public static ChatException busy(Throwable cause) {
        return unavailable("The chat is too busy just now. Please try again.", cause);
    }

    /** The refusal of what is meant for a message that is not there, or not any more. */
    public static ChatException noSuchMessage() {
        return new ChatException(Kind.NOT_FOUND, "There is no such message, or it has been deleted.");
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

    /** The message, never null here. */
    public String reason() {
        return String.valueOf(getMessage());
    }

    /** No such room, or none that the user may see: one answer for both. */
    public static ChatException roomNotFound() {
        return new ChatException(Kind.NOT_FOUND, "There is no such room, or it is not open to you.");
    }
}
