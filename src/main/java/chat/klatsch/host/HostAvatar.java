package chat.klatsch.host;

import chat.klatsch.core.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * The avatar that the host has for a user.
 *
 * @param version differs whenever the image does
 * @param image returns the file's bytes; null or none if the user has no avatar any more. Called for a new version only
 */
public record HostAvatar(String version, Callable<byte @Nullable []> image) {
    /** Returns a text of 64 characters that tells versions apart. */
    public String digest() {
        return Sha256.hex(version.getBytes(StandardCharsets.UTF_8));
    }
}
