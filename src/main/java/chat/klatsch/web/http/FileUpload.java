package chat.klatsch.web.http;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.ChatException.Kind;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/** Reads uploaded files of limited size into memory, only a few at a time, and drops them once they are used. Thread-safe. */
public final class FileUpload {
    private static final int AT_ONCE = 6;

    /** Two, because a second press of the button abandons a first request that is still carried out. */
    private static final int AT_ONCE_BY_USER = 2;

    /** Room for the other fields of the form. */
    static final int FORM_BYTES = 64 * 1024;

    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    /** Multiple of the limit that is read and discarded. */
    private static final int DRAIN_FACTOR = 10;

    private final String field;
    private final int maxBytes;
    private final Semaphore free = new Semaphore(AT_ONCE);
    private final Map<Object, Integer> uploads = new ConcurrentHashMap<>();

    public FileUpload(String field, int maxBytes) {
        this.field = field;
        this.maxBytes = maxBytes;
    }

    /**
     * Passes on the form. Its file is refused with TOO_LARGE if it is larger, and with TOO_MANY or UNAVAILABLE while too many
     * files are being uploaded by the user or by all.
     *
     * @throws ChatException MALFORMED for a form that cannot be read
     */
    public void receive(ChatRequest request, Consumer<UploadedForm> use) {
        Context context = request.context();
        Object user = request.user().id();
        try {
            if (uploads.merge(user, 1, Integer::sum) > AT_ONCE_BY_USER) {
                use.accept(refused(context, Kind.TOO_MANY, "Your other uploads are not finished yet."));
            } else if (!free.tryAcquire()) {
                use.accept(refused(context, Kind.UNAVAILABLE, "Too many users are uploading files. Please try again."));
            } else {
                try {
                    use.accept(read(context));
                } finally {
                    free.release();
                }
            }
        } finally {
            uploads.computeIfPresent(user, (key, count) -> count > 1 ? count - 1 : null);
        }
    }

    private UploadedForm read(Context context) {
        int most = maxBytes + FORM_BYTES;
        if (context.req().getContentLengthLong() > most) {
            return tooLarge(MultipartBody.read(context, FORM_BYTES));
        }
        MultipartBody body = MultipartBody.read(context, most);
        byte[] file = body.isComplete() ? body.file(field) : new byte[0];
        return !body.isComplete() || file.length > maxBytes
                ? tooLarge(body)
                : new UploadedForm(body.texts(), file, Optional.empty());
    }

    private UploadedForm tooLarge(MultipartBody body) {
        String reason = "This file is too large. The limit is " + maxBytes / 1_000_000 + " MB.";
        return refused(body, new ChatException(Kind.TOO_LARGE, reason));
    }

    private UploadedForm refused(Context context, Kind kind, String reason) {
        return refused(MultipartBody.read(context, FORM_BYTES), new ChatException(kind, reason, RETRY_AFTER));
    }

    /** Keeps the other fields. */
    private UploadedForm refused(MultipartBody body, ChatException refusal) {
        Map<String, String> texts = body.texts();
        body.drain((long) maxBytes * DRAIN_FACTOR);
        return new UploadedForm(texts, new byte[0], Optional.of(refusal));
    }
}
