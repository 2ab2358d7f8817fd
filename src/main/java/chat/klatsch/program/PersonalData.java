package chat.klatsch.program;

import chat.klatsch.core.UserId;
import java.io.IOException;
import java.io.OutputStream;

/** Writes down what is stored about a user. Thread-safe; may throw a ChatException UNAVAILABLE. */
@FunctionalInterface
public interface PersonalData {
    /** Writes one JSON object in UTF-8, a page at a time, so that its length does not matter. Does not close the stream. */
    void write(UserId user, OutputStream out) throws IOException;
}
