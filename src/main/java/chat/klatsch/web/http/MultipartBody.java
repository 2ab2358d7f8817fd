package chat.klatsch.web.http;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.ChatException.Kind;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import org.eclipse.jetty.http.MultiPart;
import org.eclipse.jetty.http.MultiPartConfig;
import org.eclipse.jetty.http.MultiPartFormData;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.Attributes;

/**
 * The body of a form with a file, or its beginning. It is read before it is parsed, because Jetty's parser keeps a network buffer
 * for each packet, however small. Confined to the request's thread.
 */
final class MultipartBody {
    private static final int MAX_PARTS = 10;

    /** More than any field may have, so that a longer text is cut and then refused. */
    private static final int MAX_TEXT_BYTES = 32 * 1024;

    private static final MultiPartConfig IN_MEMORY = new MultiPartConfig.Builder()
            .maxParts(MAX_PARTS)
            .maxSize(-1)
            .maxPartSize(-1)
            .maxMemoryPartSize(-1)
            .useFilesForPartsWithoutFileName(false)
            .build();

    private final Context context;
    private final byte[] body;
    private final boolean complete;

    private MultipartBody(Context context, byte[] body, boolean complete) {
        this.context = context;
        this.body = body;
        this.complete = complete;
    }

    /** Reads up to this number of bytes. */
    static MultipartBody read(Context context, int most) {
        try {
            byte[] read = context.req().getInputStream().readNBytes(most + 1);
            return new MultipartBody(context, Arrays.copyOf(read, Math.min(read.length, most)), read.length <= most);
        } catch (IOException e) {
            throw malformed(e);
        }
    }

    boolean isComplete() {
        return complete;
    }

    /** Discards the rest, up to this number of bytes, because browsers read the response only after sending all. */
    void drain(long most) {
        try {
            InputStream rest = context.req().getInputStream();
            byte[] discarded = new byte[8 * 1024];
            long read = 0;
            for (int count = 0; count >= 0 && read < most; read += count) {
                count = rest.read(discarded);
            }
        } catch (IOException e) {
            throw malformed(e);
        }
    }

    /** Returns the texts of the form, without files. A file at the end may be incomplete. */
    Map<String, String> texts() {
        Map<String, String> texts = new HashMap<>();
        forEachPart(part -> {
            if (part.getFileName() == null) {
                byte[] text = bytes(part);
                int length = Math.min(text.length, MAX_TEXT_BYTES);
                texts.putIfAbsent(part.getName(), new String(text, 0, length, StandardCharsets.UTF_8));
            }
        });
        return texts;
    }

    /** Returns the content of this field, empty if it is missing. */
    byte[] file(String field) {
        byte[][] file = {new byte[0]};
        forEachPart(part -> {
            if (field.equals(part.getName()) && file[0].length == 0) {
                file[0] = bytes(part);
            }
        });
        return file[0];
    }

    /** What to do with a part. */
    private interface PartReader {
        void read(MultiPart.Part part) throws IOException;
    }

    private void forEachPart(PartReader reader) {
        ByteBuffer[] whole = {ByteBuffer.wrap(body), complete ? ByteBuffer.allocate(0) : end()};
        Content.Source source = Content.Source.from(whole);
        try (MultiPartFormData.Parts parts =
                MultiPartFormData.getParts(source, new Attributes.Mapped(), context.contentType(), IN_MEMORY)) {
            for (MultiPart.Part part : parts) {
                reader.read(part);
            }
        } catch (IOException | CompletionException e) {
            throw malformed(e);
        }
    }

    /** Ends a form that was read in part, so that the parts before can be parsed. */
    private ByteBuffer end() {
        String boundary = MultiPart.extractBoundary(context.contentType());
        return ByteBuffer.wrap(
                ("\r\n--" + Objects.requireNonNullElse(boundary, "") + "--\r\n").getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] bytes(MultiPart.Part part) throws IOException {
        ByteBuffer content = Content.Source.asByteBuffer(part.getContentSource());
        byte[] bytes = new byte[content.remaining()];
        content.get(bytes);
        return bytes;
    }

    private static ChatException malformed(Exception cause) {
        ChatException malformed = new ChatException(Kind.MALFORMED, "We could not read this form.");
        malformed.initCause(cause);
        return malformed;
    }
}
