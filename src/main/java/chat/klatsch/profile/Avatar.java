package chat.klatsch.profile;

import chat.klatsch.core.Sha256;

/** A person's picture as it is kept and shown: a small square JPEG, and the SHA-256 of it. */
public record Avatar(byte[] jpeg, String hash) {
    public static Avatar of(byte[] jpeg) {
        return new Avatar(jpeg, Sha256.hex(jpeg));
    }
}
