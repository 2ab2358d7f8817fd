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
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.http.MultiPart;
import org.eclipse.jetty.http.MultiPartConfig;
import org.eclipse.jetty.http.MultiPartFormData;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.Attributes;

/** Parses the body of a form with a file, or its beginning, which has been read into memory before. */
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

    private MultipartBody() {}

    /**
     * Returns the texts of the form and the content of the file in a field, empty if it is missing. A form of which only the
     * beginning was kept has no file.
     *
     * @throws ChatException MALFORMED for a form that cannot be read
     */
    static UploadedForm read(Context context, String fileField) {
        boolean complete = context.req().getAttribute(FileUpload.REFUSAL) == null;
        Map<String, String> texts = new HashMap<>();
        byte[] file = new byte[0];
        try (MultiPartFormData.Parts parts = MultiPartFormData.getParts(
                source(context, complete), new Attributes.Mapped(), context.contentType(), IN_MEMORY)) {
            for (MultiPart.Part part : parts) {
                if (part.getFileName() == null) {
                    texts.putIfAbsent(part.getName(), text(part));
                }
                if (complete && file.length == 0 && fileField.equals(part.getName())) {
                    file = bytes(part);
                }
            }
        } catch (IOException | CompletionException e) {
            throw malformed(e);
        }
        return new UploadedForm(texts, file, Optional.empty());
    }

    private static Content.Source source(Context context, boolean complete) throws IOException {
        // The servlet API would parse the form itself.
        Content.Source source = ServletContextRequest.getServletContextRequest(context.req());
        ByteBuffer body = Content.Source.asByteBuffer(source);
        return Content.Source.from(body, complete ? ByteBuffer.allocate(0) : end(context));
    }

    /** Ends a form that was read in part, so that the parts before can be parsed. */
    private static ByteBuffer end(Context context) {
        String boundary = MultiPart.extractBoundary(context.contentType());
        return ByteBuffer.wrap(
                ("\r\n--" + Objects.requireNonNullElse(boundary, "") + "--\r\n").getBytes(StandardCharsets.UTF_8));
    }

    private static String text(MultiPart.Part part) throws IOException {
        byte[] text = bytes(part);
        return new String(text, 0, Math.min(text.length, MAX_TEXT_BYTES), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(MultiPart.Part part) throws IOException {
        ByteBuffer content = Content.Source.asByteBuffer(part.getContentSource());
        byte[] bytes = new byte[content.remaining()];
        content.get(bytes);
        return bytes;
    }

    private static ChatException malformed(Exception cause) {
        ChatException malformed = new ChatException(Kind.MALFORMED, "refusal.form.unreadable");
        malformed.initCause(cause);
        return malformed;
    }
}
