package chat.klatsch.web.http;

import chat.klatsch.core.ChatException;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file that is sent while it is made, as fast as the client reads it. A failure before the first byte is answered like any
 * other; later ones break the connection off, so that the client does not take the file for complete. Confined to its
 * request's thread.
 */
public final class Download extends OutputStream {
    /** The attribute of requests whose responses are not kept until they are complete. */
    public static final String STREAMED = Download.class.getName();

    private static final Logger log = LoggerFactory.getLogger(Download.class);

    /** Writes the file. */
    public interface Content {
        void write(OutputStream out) throws IOException;
    }

    private final Context context;
    private final String name;
    private final String type;
    private @Nullable OutputStream out;

    private Download(Context context, String name, String type) {
        this.context = context;
        this.name = name;
        this.type = type;
    }

    /** @throws ChatException what the content throws before it writes anything */
    public static void send(Context context, String name, String type, Content content) {
        Download download = new Download(context, name, type);
        try {
            content.write(download);
            download.begun().flush();
        } catch (IOException | RuntimeException e) {
            if (download.out == null && e instanceof RuntimeException failure) {
                throw failure;
            }
            log.info("A download was broken off: {}", e.toString());
            ServletContextRequest.getServletContextRequest(context.req())
                    .getServletChannel()
                    .abort(e);
        }
    }

    private OutputStream begun() throws IOException {
        OutputStream begun = out;
        if (begun == null) {
            context.attribute(STREAMED, true);
            context.contentType(type);
            String encoded = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
            String plain = name.replaceAll("[^A-Za-z0-9._ -]", "_");
            context.header(
                    "Content-Disposition", "attachment; filename=\"" + plain + "\"; filename*=UTF-8''" + encoded);
            begun = context.res().getOutputStream();
            out = begun;
        }
        return begun;
    }

    @Override
    public void write(int single) throws IOException {
        begun().write(single);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        begun().write(bytes, offset, length);
    }
}
