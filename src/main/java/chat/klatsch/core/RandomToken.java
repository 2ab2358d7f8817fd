package chat.klatsch.core;

import java.security.SecureRandom;
import java.util.Base64;

/** Generates unguessable, URL-safe tokens. Thread-safe. */
public final class RandomToken {
    private static final SecureRandom RANDOM = new SecureRandom();

    private RandomToken() {}

    /** Returns random bits, a multiple of eight, in URL-safe Base64 without padding. */
    public static String ofBits(int bits) {
        byte[] bytes = new byte[bits / 8];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
