package chat.klatsch.account;

import chat.klatsch.core.RandomToken;
import chat.klatsch.core.Sha256;
import java.nio.charset.StandardCharsets;

/** A secret of 256 random bits that only its user holds. The chat stores its {@link #digest}. */
record Token(String value) {
    private static final int BITS = 256;

    static Token random() {
        return new Token(RandomToken.ofBits(BITS));
    }

    /** The SHA-256 of the token, in hexadecimal. */
    String digest() {
        return Sha256.hex(value.getBytes(StandardCharsets.UTF_8));
    }

    /** Hides the token from logs. */
    @Override
    public String toString() {
        return "…";
    }
}
