package chat.klatsch.profile;

import chat.klatsch.core.Sha256;

/** A user's avatar image, a small square JPEG, with its SHA-256. */
public record Avatar(byte[] jpeg, String hash) {
    public static Avatar of(byte[] jpeg) {
        return new Avatar(jpeg, Sha256.hex(jpeg));
    }
}
