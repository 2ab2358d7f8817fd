package chat.klatsch.account;

import chat.klatsch.core.ChatException;

/** A new password of a valid length, in UTF-16 code units. */
public record NewPassword(String value) {
    private static final int SHORTEST = 8;
    private static final int LONGEST = 200;

    /** @throws ChatException INVALID for a password that is too short or too long */
    public NewPassword {
        if (value.length() < SHORTEST || value.length() > LONGEST) {
            throw ChatException.invalid("Use %d to %d characters.".formatted(SHORTEST, LONGEST));
        }
    }

    /** Hides the password from logs. */
    @Override
    public String toString() {
        return "…";
    }
}
