package chat.klatsch.account;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A person's picture as it is kept and shown: a small square JPEG, and the SHA-256 of it. */
public record Picture(byte[] jpeg, String hash) {
    public static Picture of(byte[] jpeg) {
        try {
            return new Picture(
                    jpeg,
                    HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(jpeg)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
