package chat.klatsch.core;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Identifies a request that may arrive more than once.
 *
 * @param digest the SHA-256 of what makes the request the same one: its user, its route, the client's key and the content
 * @param answer what the response depends on, such as the address that it leads to
 */
public record IdempotencyKey(String digest, String answer) {
    /** Computes the digest. Lengths come first, so that no two lists of parts encode to the same bytes. */
    public static IdempotencyKey of(List<String> parts, String answer) {
        StringBuilder all = new StringBuilder();
        parts.forEach(part -> all.append(part.length()).append(' ').append(part));
        return new IdempotencyKey(Sha256.hex(all.toString().getBytes(StandardCharsets.UTF_8)), answer);
    }
}
