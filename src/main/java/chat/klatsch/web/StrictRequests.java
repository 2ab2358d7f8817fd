package chat.klatsch.web;

import java.util.List;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;

/**
 * Refuses requests that a server and the proxy in front of it may read differently: paths with dot segments, which
 * browsers resolve before they send them, and bodies in other codings than chunks. Bounds addresses and headers.
 * Thread-safe.
 */
final class StrictRequests implements HttpConfiguration.Customizer {
    private static final int MAX_BYTES = 8 * 1024;

    /** The colon, the space and the line end of a header. */
    private static final int BYTES_AROUND_HEADER = 4;

    /** Addresses that may be longer, because they repeat a text that was pasted into a search. */
    private static final Pattern SEARCH = Pattern.compile(".*/(search|login)");

    private static final Pattern DOT_SEGMENT = Pattern.compile("(^|/)\\.\\.?(/|;|$)");

    @Override
    public Request customize(Request request, HttpFields.Mutable response) {
        String path = request.getHttpURI().getPath();
        if (path != null && DOT_SEGMENT.matcher(path).find()) {
            throw new HttpException.RuntimeException(HttpStatus.BAD_REQUEST_400, "dot segment");
        }
        if (path != null
                && request.getHttpURI().getPathQuery().length() > MAX_BYTES
                && !SEARCH.matcher(path).matches()) {
            throw new HttpException.RuntimeException(HttpStatus.URI_TOO_LONG_414, "long address");
        }
        if (size(request.getHeaders()) > MAX_BYTES) {
            throw new HttpException.RuntimeException(HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE_431, "long headers");
        }
        List<String> codings = request.getHeaders().getValuesList(HttpHeader.TRANSFER_ENCODING);
        if (!codings.isEmpty()
                && !(codings.size() == 1 && codings.get(0).strip().equalsIgnoreCase("chunked"))) {
            throw new HttpException.RuntimeException(HttpStatus.NOT_IMPLEMENTED_501, "transfer coding");
        }
        return request;
    }

    private static int size(HttpFields headers) {
        int size = 0;
        for (HttpField header : headers) {
            size += BYTES_AROUND_HEADER
                    + header.getName().length()
                    + (header.getValue() == null ? 0 : header.getValue().length());
        }
        return size;
    }
}
