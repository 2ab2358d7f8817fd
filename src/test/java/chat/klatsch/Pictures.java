package chat.klatsch;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** Files that are pictures of a red rectangle on blue or on nothing, or of red above blue, or that only say so. */
public final class Pictures {
    private Pictures() {}

    public static byte[] file(String name) throws IOException {
        try (InputStream file = Pictures.class.getResourceAsStream("/pictures/" + name)) {
            return Objects.requireNonNull(file, name).readAllBytes();
        }
    }
}
