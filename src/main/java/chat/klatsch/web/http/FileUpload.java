package chat.klatsch.web.http;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.ChatException.Kind;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.http.MultiPart;
import org.eclipse.jetty.http.MultiPartConfig;
import org.eclipse.jetty.http.MultiPartFormData;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.Attributes;

/** Takes an uploaded file of limited size out of a form. The form has been read into memory before. Thread-safe. */
public final class FileUpload {
    private static final int MAX_BYTES = 5_000_000;

    /** The most bytes of a form with a file, with room for its other fields. */
    public static final int FORM_BYTES = MAX_BYTES + 64 * 1024;

    /** The attribute of a request whose body was not kept. It has the kind of the refusal. */
    public static final String REFUSAL = FileUpload.class.getName() + ".refusal";

    private static final int MAX_PARTS = 10;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private static final MultiPartConfig IN_MEMORY = new MultiPartConfig.Builder()
            .maxParts(MAX_PARTS)
            .maxSize(-1)
            .maxPartSize(-1)
            .maxMemoryPartSize(-1)
            .useFilesForPartsWithoutFileName(false)
            .build();

    private final String field;

    public FileUpload(String field) {
        this.field = field;
    }

    /**
     * Returns the content of the file, empty if no file was chosen.
     *
     * @throws ChatException TOO_LARGE for a larger file; MALFORMED for a form that cannot be read; UNAVAILABLE while too
     *     many files are being uploaded
     */
    public byte[] file(ChatRequest request) {
        Context context = request.context();
        if (context.req().getAttribute(REFUSAL) instanceof Kind refusal) {
            throw refusal == Kind.TOO_LARGE
                    ? tooLarge()
                    : new ChatException(refusal, "Too many users are uploading files. Please try again.", RETRY_AFTER);
        }
        // The servlet API would copy the form.
        Content.Source form = ServletContextRequest.getServletContextRequest(context.req());
        try (MultiPartFormData.Parts parts =
                MultiPartFormData.getParts(form, new Attributes.Mapped(), context.contentType(), IN_MEMORY)) {
            MultiPart.Part part = parts.getFirst(field);
            if (part == null) {
                return new byte[0];
            }
            if (part.getLength() > MAX_BYTES) {
                throw tooLarge();
            }
            ByteBuffer content = Content.Source.asByteBuffer(part.getContentSource());
            byte[] file = new byte[content.remaining()];
            content.get(file);
            return file;
        } catch (IOException | CompletionException e) {
            ChatException malformed = new ChatException(Kind.MALFORMED, "We could not read this form.");
            malformed.initCause(e);
            throw malformed;
        }
    }

    private static ChatException tooLarge() {
        return new ChatException(
                Kind.TOO_LARGE, "This file is too large. The limit is " + MAX_BYTES / 1_000_000 + " MB.");
    }
}
