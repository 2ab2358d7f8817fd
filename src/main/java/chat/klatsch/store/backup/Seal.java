package chat.klatsch.store.backup;

import chat.klatsch.core.Sha256;
import java.security.MessageDigest;

/** The SHA-256 of all bytes of a file before it, as the file's last characters. It covers what a ZIP file's own sums do not. */
final class Seal {
    /** What stands in the place of the sum until it is known. */
    static final String BLANK = "0".repeat(64);

    static final int LENGTH = BLANK.length();

    private final MessageDigest digest = Sha256.digest();

    void update(byte[] bytes, int offset, int length) {
        digest.update(bytes, offset, length);
    }

    String sum() {
        return Sha256.hex(digest);
    }
}
