package chat.klatsch.web;

import chat.klatsch.web.http.ChatRequest;
import java.util.EnumSet;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;

/**
 * Makes HEAD requests look like GET requests to the handlers, which then check and compute the same. Jetty knows the
 * method that was sent and leaves the body out. Javalin itself would answer 200 without calling the handler. A WebSocket
 * is opened with GET only, so the headers that ask for one are removed. Thread-safe.
 */
final class HeadRequests implements HttpConfiguration.Customizer {
    private static final EnumSet<HttpHeader> HANDSHAKE =
            EnumSet.of(HttpHeader.UPGRADE, HttpHeader.SEC_WEBSOCKET_KEY, HttpHeader.SEC_WEBSOCKET_VERSION);

    @Override
    public Request customize(Request request, HttpFields.Mutable response) {
        if (!HttpMethod.HEAD.is(request.getMethod())) {
            return request;
        }
        request.setAttribute(ChatRequest.HEAD, true);
        HttpFields headers = HttpFields.build(request.getHeaders(), HANDSHAKE).asImmutable();
        return new Request.Wrapper(request) {
            @Override
            public String getMethod() {
                return HttpMethod.GET.asString();
            }

            @Override
            public HttpFields getHeaders() {
                return headers;
            }
        };
    }
}
