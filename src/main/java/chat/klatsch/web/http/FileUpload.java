package chat.klatsch.web.http;

import chat.klatsch.core.ChatException;
import io.javalin.http.Context;
import jakarta.servlet.MultipartConfigElement;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.io.InputStream;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;

/** A file that came with a form, read into memory and nowhere else, if it is not too large for that. */
public final class FileUpload {
    /** What a form may have beside its file. */
    private static final int FORM_BYTES = 64 * 1024;

    /** Of a file that is too large, so much is let pass, because a browser does not listen before it has said all. */
    private static final int DRAIN_FACTOR = 10;

    private FileUpload() {}

    /**
     * The file in this field; empty when none was chosen.
     *
     * @throws ChatException INVALID when the request is larger than that, or does not say how large it is, before it is
     *     read; MALFORMED for a form that cannot be read
     */
    public static byte[] file(Context context, String field, int mostBytes) {
        long length = context.req().getContentLengthLong();
        if (length < 0 || length > mostBytes + FORM_BYTES) {
            discard(context, (long) mostBytes * DRAIN_FACTOR);
            throw tooLarge(mostBytes);
        }
        long most = mostBytes + FORM_BYTES;
        context.attribute(
                ServletContextRequest.MULTIPART_CONFIG_ELEMENT, new MultipartConfigElement("", most, most, (int) most));
        try {
            Part part = context.req().getPart(field);
            if (part == null) {
                return new byte[0];
            }
            if (part.getSize() > mostBytes) {
                throw tooLarge(mostBytes);
            }
            try (InputStream content = part.getInputStream()) {
                return content.readAllBytes();
            }
        } catch (IOException | ServletException | IllegalStateException e) {
            ChatException malformed =
                    new ChatException(ChatException.Kind.MALFORMED, "We could not make sense of this form.");
            malformed.initCause(e);
            throw malformed;
        }
    }

    private static void discard(Context context, long most) {
        try {
            byte[] rest = new byte[8 * 1024];
            InputStream body = context.req().getInputStream();
            long read = 0;
            for (int count = 0; count >= 0 && read < most; read += count) {
                count = body.read(rest);
            }
        } catch (IOException e) {
            throw new ChatException(ChatException.Kind.MALFORMED, "The connection was lost.");
        }
    }

    private static ChatException tooLarge(int mostBytes) {
        return new ChatException(
                ChatException.Kind.INVALID,
                "This file is too large: it may have %d MB at most.".formatted(mostBytes / 1_000_000));
    }
}
