package chat.klatsch.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;

/** A script that changes the schema once. The checksum is the SHA-256 of its text. */
record Migration(String name, String checksum, String sql) {
    static Migration read(String name) {
        try (InputStream sql = Objects.requireNonNull(Migration.class.getResourceAsStream("schema/" + name), name)) {
            // Independent of the line ends of the checkout that was built.
            String text = new String(sql.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
            return new Migration(name, sha256(text), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
