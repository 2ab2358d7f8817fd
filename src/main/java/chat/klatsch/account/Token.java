package chat.klatsch.account;

import chat.klatsch.core.RandomToken;
import chat.klatsch.core.Sha256;
import java.nio.charset.StandardCharsets;

/** 256 random bits that one person alone knows. The chat keeps their {@link #digest}. */
record Token(String value) {
    private static final int BITS = 256;

    static Token next() {
        return new Token(RandomToken.ofBits(BITS));
    }

    /** The SHA-256, which leads nobody back to the token. */
    String digest() {
        return Sha256.hex(value.getBytes(StandardCharsets.UTF_8));
    }

    /** Says nothing, should it ever get into a log. */
    @Override
    public String toString() {
        return "…";
    }
}
