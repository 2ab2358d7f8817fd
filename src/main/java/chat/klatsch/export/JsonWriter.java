package chat.klatsch.export;

import java.io.IOException;
import java.io.Writer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes one JSON document to a stream, a value at a time. Confined to one thread. */
final class JsonWriter {
    private static final int FIRST_PRINTABLE = ' ';

    private final Writer out;

    /** Whether the next value or name is the first of its array or object, or belongs to a name. */
    private boolean first = true;

    JsonWriter(Writer out) {
        this.out = out;
    }

    JsonWriter open(char bracket) throws IOException {
        separate();
        out.write(bracket);
        first = true;
        return this;
    }

    JsonWriter close(char bracket) throws IOException {
        out.write(bracket);
        first = false;
        return this;
    }

    /** Begins an object on a line of its own. */
    JsonWriter openLine() throws IOException {
        separate();
        out.write("\n{");
        first = true;
        return this;
    }

    JsonWriter name(String name) throws IOException {
        value(name);
        out.write(':');
        first = true;
        return this;
    }

    /** Writes a text, a number, true, false or null; anything else as its text. */
    JsonWriter value(@Nullable Object value) throws IOException {
        separate();
        if (value == null || value instanceof Number || value instanceof Boolean) {
            out.write(String.valueOf(value));
        } else {
            writeText(value.toString());
        }
        return this;
    }

    JsonWriter field(String name, @Nullable Object value) throws IOException {
        return name(name).value(value);
    }

    private void separate() throws IOException {
        if (!first) {
            out.write(',');
        }
        first = false;
    }

    private void writeText(String text) throws IOException {
        out.write('"');
        for (int index = 0; index < text.length(); index++) {
            char character = text.charAt(index);
            if (character == '"' || character == '\\') {
                out.write('\\');
                out.write(character);
            } else if (character < FIRST_PRINTABLE || Character.isSurrogate(character) && isAlone(text, index)) {
                out.write(String.format(Locale.ROOT, "\\u%04x", (int) character));
            } else {
                out.write(character);
            }
        }
        out.write('"');
    }

    private static boolean isAlone(String text, int index) {
        boolean begins =
                index + 1 < text.length() && Character.isSurrogatePair(text.charAt(index), text.charAt(index + 1));
        boolean ends = index > 0 && Character.isSurrogatePair(text.charAt(index - 1), text.charAt(index));
        return !begins && !ends;
    }
}
