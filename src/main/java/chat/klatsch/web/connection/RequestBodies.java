package chat.klatsch.web.connection;

import chat.klatsch.web.connection.RequestProgress.Phase;
import java.util.function.Predicate;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Reads the body of a form before a thread handles the request, so that a slow client occupies none. Refuses a larger
 * body than the client may send. Thread-safe.
 */
public final class RequestBodies extends Handler.Wrapper {
    /** The share of the heap that large bodies may take. */
    private static final int HEAP_SHARE = 16;

    private static final int MIN_LARGE = 4;

    /** Each occupies a thread. */
    private static final int MAX_UPLOADS = 32;

    private final Predicate<Request> isUpload;
    private final Predicate<Request> isKnown;
    private final int maxBytes;
    private final int smallBytes;
    private final FairPermits large;
    private final FairPermits uploads = new FairPermits(MAX_UPLOADS);

    /**
     * @param isUpload whether a handler reads the body itself
     * @param isKnown whether the client may have signed in, and so may send more than {@code smallBytes}
     */
    public RequestBodies(Predicate<Request> isUpload, Predicate<Request> isKnown, int maxBytes, int smallBytes) {
        this.isUpload = isUpload;
        this.isKnown = isKnown;
        this.maxBytes = maxBytes;
        this.smallBytes = smallBytes;
        this.large =
                new FairPermits((int) Math.max(MIN_LARGE, Runtime.getRuntime().maxMemory() / HEAP_SHARE / maxBytes));
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (!hasBody(request)) {
            return super.handle(request, response, callback);
        }
        if (isUpload.test(request)) {
            if (!uploads.tryAcquire(request)) {
                refuseForNow(request, response, callback);
                return true;
            }
            HttpEndPoint.enter(request, Phase.UPLOAD);
            return super.handle(new Upload(request), response, callback);
        }
        long length = request.getLength();
        if (length > maxBytes || (length > smallBytes && !isKnown.test(request))) {
            Response.writeError(request, response, callback, HttpStatus.PAYLOAD_TOO_LARGE_413);
            return true;
        }
        boolean isSmall = (length >= 0 && length <= smallBytes) || !isKnown.test(request);
        boolean mayBeLarge = !isSmall && large.tryAcquire(request);
        if (length > smallBytes && !mayBeLarge) {
            refuseForNow(request, response, callback);
            return true;
        }
        HttpEndPoint.enter(request, Phase.BODY);
        new BodyReader(request, response, callback, mayBeLarge ? maxBytes : smallBytes, this::handleRead).read(false);
        return true;
    }

    private static void refuseForNow(Request request, Response response, Callback callback) {
        response.getHeaders().put(HttpHeader.RETRY_AFTER, "1");
        Response.writeError(request, response, callback, HttpStatus.SERVICE_UNAVAILABLE_503);
    }

    private boolean handleRead(Request request, Response response, Callback callback) throws Exception {
        return super.handle(request, response, callback);
    }

    private static boolean hasBody(Request request) {
        return request.getLength() > 0 || request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING);
    }

    /** A request whose body a handler reads. */
    private static final class Upload extends Request.Wrapper {
        Upload(Request request) {
            super(request);
        }

        @Override
        public Content.Chunk read() {
            Content.Chunk chunk = super.read();
            if (chunk != null && chunk.isLast()) {
                HttpEndPoint.enter(getWrapped(), Phase.HANDLED);
            }
            return chunk;
        }
    }
}
