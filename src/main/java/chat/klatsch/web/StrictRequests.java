package chat.klatsch.web;

import java.util.List;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;

/**
 * Refuses requests that a server and the proxy in front of it may read differently: paths with dot segments, which
 * browsers resolve before they send them, and bodies in other codings than chunks. Thread-safe.
 */
final class StrictRequests implements HttpConfiguration.Customizer {
    private static final Pattern DOT_SEGMENT = Pattern.compile("(^|/)\\.\\.?(/|;|$)");

    @Override
    public Request customize(Request request, HttpFields.Mutable response) {
        String path = request.getHttpURI().getPath();
        if (path != null && DOT_SEGMENT.matcher(path).find()) {
            throw new HttpException.RuntimeException(HttpStatus.BAD_REQUEST_400, "dot segment");
        }
        List<String> codings = request.getHeaders().getValuesList(HttpHeader.TRANSFER_ENCODING);
        if (!codings.isEmpty()
                && !(codings.size() == 1 && codings.get(0).strip().equalsIgnoreCase("chunked"))) {
            throw new HttpException.RuntimeException(HttpStatus.NOT_IMPLEMENTED_501, "transfer coding");
        }
        return request;
    }
}
