package chat.klatsch.profile;

import chat.klatsch.core.Sha256;

/** A person's picture as it is kept and shown: a small square JPEG, and the SHA-256 of it. */
public record Picture(byte[] jpeg, String hash) {
    public static Picture of(byte[] jpeg) {
        return new Picture(jpeg, Sha256.hex(jpeg));
    }
}
