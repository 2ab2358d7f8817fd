package chat.klatsch.account;

import chat.klatsch.core.ChatException;

/** A password that somebody has chosen, found long enough. */
public record NewPassword(String value) {
    private static final int SHORTEST = 8;
    private static final int LONGEST = 200;

    /** @throws ChatException INVALID with what is wrong */
    public NewPassword {
        if (value.length() < SHORTEST || value.length() > LONGEST) {
            throw new ChatException(
                    ChatException.Kind.INVALID, "A password has %d to %d characters.".formatted(SHORTEST, LONGEST));
        }
    }

    /** Says nothing, should it ever get into a log. */
    @Override
    public String toString() {
        return "…";
    }
}
