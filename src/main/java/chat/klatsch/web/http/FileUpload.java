package chat.klatsch.web.http;

import chat.klatsch.core.ChatException;
import io.javalin.http.Context;
import jakarta.servlet.MultipartConfigElement;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.io.InputStream;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;

/** Reads an uploaded file of limited size into memory. */
public final class FileUpload {
    /** Room for the other fields of the form. */
    private static final int FORM_BYTES = 64 * 1024;

    /** Multiple of the limit that is read and discarded, as browsers read the response only after sending all. */
    private static final int DRAIN_FACTOR = 10;

    private FileUpload() {}

    /**
     * Returns the content of the file in this field, empty if no file was chosen.
     *
     * @throws ChatException INVALID for a larger file or a request without a length; MALFORMED for a form that cannot
     *     be read
     */
    public static byte[] file(Context context, String field, int maxBytes) {
        long length = context.req().getContentLengthLong();
        long most = maxBytes + FORM_BYTES;
        if (length < 0 || length > most) {
            discard(context, (long) maxBytes * DRAIN_FACTOR);
            throw tooLarge(maxBytes);
        }
        context.attribute(
                ServletContextRequest.MULTIPART_CONFIG_ELEMENT, new MultipartConfigElement("", most, most, (int) most));
        try {
            Part part = context.req().getPart(field);
            if (part == null) {
                return new byte[0];
            }
            if (part.getSize() > maxBytes) {
                throw tooLarge(maxBytes);
            }
            try (InputStream content = part.getInputStream()) {
                return content.readAllBytes();
            }
        } catch (IOException | ServletException | IllegalStateException e) {
            ChatException malformed = new ChatException(ChatException.Kind.MALFORMED, "We could not read this form.");
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

    private static ChatException tooLarge(int maxBytes) {
        return new ChatException(
                ChatException.Kind.INVALID, "This file is too large. The limit is " + maxBytes / 1_000_000 + " MB.");
    }
}
