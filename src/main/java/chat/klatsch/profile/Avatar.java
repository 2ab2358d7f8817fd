package chat.klatsch.profile;

import chat.klatsch.core.Sha256;

/** A user's avatar image, a small square JPEG, with its SHA-256. */
public record Avatar(byte[] jpeg, String hash) {
    private static final int VERSION_LENGTH = 16;

    public static Avatar of(byte[] jpeg) {
        return new Avatar(jpeg, Sha256.hex(jpeg));
    }

    /** Returns the start of the hash, which tells the avatars of a user apart. */
    public String version() {
        return hash.substring(0, VERSION_LENGTH);
    }
}
