package chat.klatsch.web.connection;

import chat.klatsch.core.ChatException.Kind;
import chat.klatsch.web.connection.RequestProgress.Phase;
import chat.klatsch.web.http.FileUpload;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.RejectedExecutionException;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Invocable;
import org.jspecify.annotations.Nullable;

/**
 * Reads the body of one request as it arrives, and then handles the request, on the thread that has brought the head if
 * the whole body came with it. Confined to one thread at a time.
 */
final class BodyReader implements Invocable.Task {
    /** Handles a request whose body has been read. */
    interface Handler {
        boolean handle(Request request, Response response, Callback callback) throws Exception;
    }

    /**
     * The bounds of a request's body.
     *
     * @param bytes the size of the largest body
     * @param free the bytes that need no permit
     * @param discarded the bytes of a refused body that are read all the same, of which {@code free} are kept: a browser
     *     shows the answer only after it has sent everything; 0 to answer at once
     */
    record Limit(int bytes, int free, long discarded) {}

    private static final int MIN_BYTES = 1024;

    private final Request request;
    private final Response response;
    private final Callback callback;
    private final Limit limit;
    private final FairPermits memory;
    private final Handler handler;
    private byte[] body = new byte[0];
    private int size;
    private int permitted;
    private @Nullable Kind refusal;
    private long discarded;

    BodyReader(
            Request request, Response response, Callback callback, Limit limit, FairPermits memory, Handler handler) {
        this.request = request;
        this.response = response;
        this.callback = callback;
        this.limit = limit;
        this.memory = memory;
        this.handler = handler;
        this.permitted = limit.free();
        this.refusal = request.getLength() > limit.bytes() ? Kind.TOO_LARGE : null;
    }

    /** Reads on, once more of the body has arrived. */
    @Override
    public void run() {
        read(true);
    }

    @Override
    public InvocationType getInvocationType() {
        return InvocationType.NON_BLOCKING;
    }

    /** Copies what has arrived, as each of Jetty's chunks may keep a whole buffer for one byte. */
    void read(boolean later) {
        while (refusal == null || discarded < limit.discarded()) {
            Content.Chunk chunk = request.read();
            if (chunk == null) {
                request.demand(this);
                return;
            }
            if (Content.Chunk.isFailure(chunk)) {
                fail(chunk.getFailure());
                return;
            }
            take(chunk.getByteBuffer());
            boolean isLast = chunk.isLast();
            chunk.release();
            if (isLast) {
                break;
            }
        }
        HttpEndPoint.enter(request, Phase.HANDLED);
        if (!later) {
            handle();
            return;
        }
        try {
            request.getContext().execute(this::handle);
        } catch (RejectedExecutionException stopping) {
            Response.writeError(request, response, callback, HttpStatus.SERVICE_UNAVAILABLE_503);
        }
    }

    /** Keeps the beginning of a refused body, which has the other fields of a form with a file. */
    private void take(ByteBuffer bytes) {
        if (refusal == null && !fits(size + bytes.remaining())) {
            permitted = limit.free();
            size = Math.min(size, permitted);
            body = Arrays.copyOf(body, size);
        }
        if (refusal != null) {
            discarded += bytes.remaining();
        }
        int kept = Math.min(bytes.remaining(), permitted - size);
        if (size + kept > body.length) {
            body = Arrays.copyOf(body, Math.min(permitted, Math.max(MIN_BYTES, 2 * (size + kept))));
        }
        bytes.get(body, size, kept);
        size += kept;
    }

    private boolean fits(int needed) {
        if (needed > limit.bytes()) {
            refusal = Kind.TOO_LARGE;
        } else if (needed > permitted) {
            int most = request.getLength() < 0 ? limit.bytes() : (int) request.getLength();
            if (memory.tryAcquire(request, most)) {
                permitted = most;
            } else {
                refusal = Kind.UNAVAILABLE;
            }
        }
        return refusal == null;
    }

    private void fail(Throwable failure) {
        HttpEndPoint.enter(request, Phase.HANDLED);
        if (failure instanceof HttpException malformed) {
            Response.writeError(request, response, callback, malformed.getCode());
        } else {
            callback.failed(failure);
        }
    }

    private void handle() {
        try {
            if (refusal != null && limit.discarded() == 0) {
                refuse(refusal);
                return;
            }
            request.setAttribute(FileUpload.REFUSAL, refusal);
            Request read = new Read(request, ByteBuffer.wrap(body, 0, size));
            if (!handler.handle(read, response, callback)) {
                Response.writeError(request, response, callback, HttpStatus.NOT_FOUND_404);
            }
        } catch (Throwable failure) {
            Response.writeError(request, response, callback, failure);
        }
    }

    private void refuse(Kind refused) {
        if (refused == Kind.TOO_LARGE) {
            Response.writeError(request, response, callback, HttpStatus.PAYLOAD_TOO_LARGE_413);
        } else {
            refuseForNow(request, response, callback);
        }
    }

    /** Tells a client to try again soon. */
    static void refuseForNow(Request request, Response response, Callback callback) {
        response.getHeaders().put(HttpHeader.RETRY_AFTER, "1");
        Response.writeError(request, response, callback, HttpStatus.SERVICE_UNAVAILABLE_503);
    }

    /** A request whose body has been read. */
    private static final class Read extends Request.Wrapper {
        private final HttpFields headers;
        private Content.Chunk next;

        Read(Request request, ByteBuffer body) {
            super(request);
            this.headers = request.getLength() >= 0 || request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING)
                    ? request.getHeaders()
                    : HttpFields.build(request.getHeaders()).put(HttpHeader.CONTENT_LENGTH, body.remaining());
            this.next = Content.Chunk.from(body, true);
        }

        /** Over HTTP/2 a body may have no length, which a servlet takes for no body. */
        @Override
        public HttpFields getHeaders() {
            return headers;
        }

        @Override
        public Content.Chunk read() {
            Content.Chunk chunk = next;
            next = Content.Chunk.next(chunk);
            return chunk;
        }

        @Override
        public void demand(Runnable whenAvailable) {
            whenAvailable.run();
        }
    }
}
