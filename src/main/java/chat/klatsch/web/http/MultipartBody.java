package chat.klatsch.web.http;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.ChatException.Kind;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.http.MultiPart;
import org.eclipse.jetty.http.MultiPartConfig;
import org.eclipse.jetty.http.MultiPartFormData;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.Attributes;

/**
 * The body of a form with a file, or its beginning, which has been read into memory before. Confined to the request's
 * thread.
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
    private final ByteBuffer body;
    private final boolean complete;

    private MultipartBody(Context context, ByteBuffer body, boolean complete) {
        this.context = context;
        this.body = body;
        this.complete = complete;
    }

    static MultipartBody of(Context context) {
        boolean complete = context.req().getAttribute(FileUpload.REFUSAL) == null;
        try {
            // The servlet API would parse the form itself.
            Content.Source source = ServletContextRequest.getServletContextRequest(context.req());
            return new MultipartBody(context, Content.Source.asByteBuffer(source), complete);
        } catch (IOException e) {
            throw malformed(e);
        }
    }

    boolean isComplete() {
        return complete;
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

    /** Reads one part of the form. */
    private interface PartReader {
        void read(MultiPart.Part part) throws IOException;
    }

    private void forEachPart(PartReader reader) {
        ByteBuffer[] whole = {body.slice(), complete ? ByteBuffer.allocate(0) : end()};
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
