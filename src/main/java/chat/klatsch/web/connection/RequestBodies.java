package chat.klatsch.web.connection;

import chat.klatsch.web.connection.RequestProgress.Phase;
import chat.klatsch.web.http.FileUpload;
import java.util.function.Predicate;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Reads the body of a request before a thread handles it, so that a slow client occupies none. Refuses a larger body than
 * the client may send. Thread-safe.
 */
public final class RequestBodies extends Handler.Wrapper {
    /** Two files of the largest size, or more smaller ones. */
    private static final int OF_NETWORK = 2 * FileUpload.FORM_BYTES;

    /** Multiple of the largest upload that is read of a larger one. */
    private static final long DISCARD_FACTOR = 10;

    private final Predicate<Request> isUpload;
    private final Predicate<Request> isKnown;
    private final int maxBytes;
    private final int smallBytes;
    private final FairPermits memory = new FairPermits(OF_NETWORK);

    /**
     * @param isUpload whether the body may be a file
     * @param isKnown whether the client may have signed in, and so may send more than {@code smallBytes}
     */
    public RequestBodies(
            Handler handler, Predicate<Request> isUpload, Predicate<Request> isKnown, int maxBytes, int smallBytes) {
        super(handler);
        this.isUpload = isUpload;
        this.isKnown = isKnown;
        this.maxBytes = maxBytes;
        this.smallBytes = smallBytes;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (!hasBody(request)) {
            return super.handle(request, response, callback);
        }
        boolean upload = isUpload.test(request);
        HttpEndPoint.enter(request, upload ? Phase.UPLOAD : Phase.BODY);
        new BodyReader(request, response, callback, limit(request, upload), memory, this::handleRead).read(false);
        return true;
    }

    private BodyReader.Limit limit(Request request, boolean upload) {
        if (!isKnown.test(request)) {
            return new BodyReader.Limit(smallBytes, smallBytes, 0);
        }
        return upload
                ? new BodyReader.Limit(FileUpload.FORM_BYTES, smallBytes, DISCARD_FACTOR * FileUpload.FORM_BYTES)
                : new BodyReader.Limit(maxBytes, smallBytes, 0);
    }

    private boolean handleRead(Request request, Response response, Callback callback) throws Exception {
        return super.handle(request, response, callback);
    }

    /** Only HTTP/1 tells by its headers. Over later versions, what follows CONNECT is a WebSocket. */
    private static boolean hasBody(Request request) {
        boolean unknown = request.getLength() < 0
                && request.getConnectionMetaData().getHttpVersion().getVersion() > HttpVersion.HTTP_1_1.getVersion()
                && !HttpMethod.CONNECT.is(request.getMethod());
        return unknown || request.getLength() > 0 || request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING);
    }
}
