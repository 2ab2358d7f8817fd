package chat.klatsch.web.http;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.ChatException.Kind;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.eclipse.jetty.http.MultiPart;
import org.eclipse.jetty.http.MultiPartConfig;
import org.eclipse.jetty.http.MultiPartFormData;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.Attributes;

/**
 * Reads uploaded files of limited size into memory, only a few at a time, and drops them once they are used. The body is
 * read before it is parsed, because Jetty's parser keeps a network buffer for each packet, however small. Thread-safe.
 */
public final class FileUpload {
    private static final int AT_ONCE = 6;

    /** Two, because a second press of the button abandons a first request that is still carried out. */
    private static final int AT_ONCE_BY_USER = 2;

    /** Room for the other fields of the form. */
    private static final int FORM_BYTES = 64 * 1024;

    private static final int MAX_PARTS = 10;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    /** Multiple of the limit that is read and discarded, as browsers read the response only after sending all. */
    private static final int DRAIN_FACTOR = 10;

    private static final MultiPartConfig IN_MEMORY = new MultiPartConfig.Builder()
            .maxParts(MAX_PARTS)
            .maxSize(-1)
            .maxPartSize(-1)
            .maxMemoryPartSize(-1)
            .useFilesForPartsWithoutFileName(false)
            .build();

    private final String field;
    private final int maxBytes;
    private final Semaphore free = new Semaphore(AT_ONCE);
    private final Map<Object, Integer> uploads = new ConcurrentHashMap<>();

    public FileUpload(String field, int maxBytes) {
        this.field = field;
        this.maxBytes = maxBytes;
    }

    /**
     * Passes on the content of the file, empty if no file was chosen.
     *
     * @throws ChatException TOO_LARGE for a larger file; MALFORMED for a form that cannot be read; TOO_MANY or UNAVAILABLE
     *     while too many files are being uploaded by the user or by all
     */
    public void receive(ChatRequest request, Consumer<byte[]> use) {
        Context context = request.context();
        Object user = request.user().id();
        try {
            if (uploads.merge(user, 1, Integer::sum) > AT_ONCE_BY_USER) {
                throw refused(context, Kind.TOO_MANY, "Your other uploads are not finished yet.");
            }
            if (!free.tryAcquire()) {
                throw refused(context, Kind.UNAVAILABLE, "Too many users are uploading files. Please try again.");
            }
            try {
                use.accept(file(context, body(context)));
            } finally {
                free.release();
            }
        } finally {
            uploads.computeIfPresent(user, (key, count) -> count > 1 ? count - 1 : null);
        }
    }

    private byte[] body(Context context) {
        int most = maxBytes + FORM_BYTES;
        if (context.req().getContentLengthLong() > most) {
            throw tooLarge(context);
        }
        try {
            byte[] body = context.req().getInputStream().readNBytes(most + 1);
            if (body.length > most) {
                throw tooLarge(context);
            }
            return body;
        } catch (IOException e) {
            throw malformed(e);
        }
    }

    private byte[] file(Context context, byte[] body) {
        Content.Source source = Content.Source.from(ByteBuffer.wrap(body));
        try (MultiPartFormData.Parts parts =
                MultiPartFormData.getParts(source, new Attributes.Mapped(), context.contentType(), IN_MEMORY)) {
            MultiPart.Part part = parts.getFirst(field);
            if (part == null) {
                return new byte[0];
            }
            if (part.getLength() > maxBytes) {
                throw tooLarge(context);
            }
            ByteBuffer content = Content.Source.asByteBuffer(part.getContentSource());
            byte[] file = new byte[content.remaining()];
            content.get(file);
            return file;
        } catch (IOException | CompletionException e) {
            throw malformed(e);
        }
    }

    private ChatException tooLarge(Context context) {
        return refused(
                context, Kind.TOO_LARGE, "This file is too large. The limit is " + maxBytes / 1_000_000 + " MB.");
    }

    /** Discards the rest of the body, so that the browser shows the refusal. */
    private ChatException refused(Context context, Kind kind, String reason) {
        try {
            InputStream body = context.req().getInputStream();
            byte[] rest = new byte[8 * 1024];
            long read = 0;
            for (int count = 0; count >= 0 && read < (long) maxBytes * DRAIN_FACTOR; read += count) {
                count = body.read(rest);
            }
        } catch (IOException e) {
            return malformed(e);
        }
        return new ChatException(kind, reason, kind == Kind.TOO_LARGE ? Duration.ZERO : RETRY_AFTER);
    }

    private static ChatException malformed(Exception cause) {
        ChatException malformed = new ChatException(Kind.MALFORMED, "We could not read this form.");
        malformed.initCause(cause);
        return malformed;
    }
}
