package chat.klatsch.core;

import java.security.SecureRandom;
import java.util.Base64;

/** What nobody can guess, in letters that may stand in an address. Thread-safe. */
public final class RandomToken {
    private static final SecureRandom RANDOM = new SecureRandom();

    private RandomToken() {}

    /** So many random bits, of which eight are a byte, in the URL-safe Base64 without padding. */
    public static String ofBits(int bits) {
        byte[] bytes = new byte[bits / 8];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
