package chat.klatsch.web.account;

import chat.klatsch.account.AccountStore;
import chat.klatsch.core.RandomToken;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A secret that tells a browser from which somebody has signed in to an account: a random number and its HMAC-SHA-256. The
 * key is the stored hash of the account's password, so that a new password revokes all tokens, and nothing is stored.
 */
record DeviceToken(String value) {
    private static final int BITS = 128;

    /** The length of {@link #BITS} in Base64. */
    private static final int ID_LENGTH = 22;

    static DeviceToken issue(AccountStore.Credentials credentials) {
        String id = RandomToken.ofBits(BITS);
        return new DeviceToken(id + signature(id, credentials));
    }

    /** The device's random number, which is valid if the token {@linkplain #isFor is for} an account. */
    String id() {
        return value.substring(0, Math.min(ID_LENGTH, value.length()));
    }

    boolean isFor(AccountStore.Credentials credentials) {
        return MessageDigest.isEqual(bytes(id() + signature(id(), credentials)), bytes(value));
    }

    private static String signature(String id, AccountStore.Credentials credentials) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(bytes(credentials.passwordHash()), mac.getAlgorithm()));
            byte[] signature = mac.doFinal(bytes("device " + credentials.user().id() + " " + id));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
        } catch (GeneralSecurityException e) {
            throw new AssertionError("HMAC-SHA-256 is part of every Java platform", e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Hides the token from logs. */
    @Override
    public String toString() {
        return "…";
    }
}
