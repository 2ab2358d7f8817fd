package chat.klatsch.account;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.NormalText;

/** A new password of a valid length in UTF-16 code units, in its normal form. */
public record NewPassword(String value) {
    private static final int MIN_LENGTH = 8;
    private static final int MAX_LENGTH = 200;

    /** @throws ChatException INVALID for a password that is too short or too long */
    public NewPassword {
        value = NormalText.password(value);
        if (value.length() < MIN_LENGTH || value.length() > MAX_LENGTH) {
            throw ChatException.invalid("refusal.password.length", MIN_LENGTH, MAX_LENGTH);
        }
    }

    /** Hides the password from logs. */
    @Override
    public String toString() {
        return "…";
    }
}
