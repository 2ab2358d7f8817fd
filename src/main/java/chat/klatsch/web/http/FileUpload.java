package chat.klatsch.web.http;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.ChatException.Kind;
import chat.klatsch.text.Text;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.Optional;

/** Takes an uploaded file of limited size out of a form. The form has been read into memory before. Thread-safe. */
public final class FileUpload {
    private static final int MAX_BYTES = 5_000_000;

    /** The most bytes of a form with a file, with room for its other fields. */
    public static final int FORM_BYTES = MAX_BYTES + 64 * 1024;

    /** The attribute of a request of whose body only the beginning was kept. It has the kind of the refusal. */
    public static final String REFUSAL = FileUpload.class.getName() + ".refusal";

    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final String field;

    public FileUpload(String field) {
        this.field = field;
    }

    /**
     * Returns the form. Its file is refused with TOO_LARGE, or with UNAVAILABLE while too many files are being uploaded.
     *
     * @throws ChatException MALFORMED for a form that cannot be read
     */
    public UploadedForm form(ChatRequest request) {
        UploadedForm form = MultipartBody.read(request.context(), field);
        return form.content().length > MAX_BYTES
                ? form.refused(tooLarge())
                : refusal(request.context()).map(form::refused).orElse(form);
    }

    private static Optional<ChatException> refusal(Context context) {
        return Optional.ofNullable((Kind) context.req().getAttribute(REFUSAL))
                .map(kind -> kind == Kind.TOO_LARGE
                        ? tooLarge()
                        : new ChatException(kind, new Text("refusal.uploads"), RETRY_AFTER));
    }

    private static ChatException tooLarge() {
        return new ChatException(Kind.TOO_LARGE, "refusal.file.large", MAX_BYTES / 1_000_000);
    }
}
