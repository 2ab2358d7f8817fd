package chat.klatsch.web.connection;

import chat.klatsch.web.connection.RequestProgress.Phase;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Invocable;

/**
 * Reads the body of one request as it arrives, and then handles the request, on the thread that has brought the head if
 * the whole body came with it. Confined to one thread at a time.
 */
final class BodyReader implements Invocable.Task {
    /** Handles a request whose body has been read. */
    interface Handler {
        boolean handle(Request request, Response response, Callback callback) throws Exception;
    }

    private final Request request;
    private final Response response;
    private final Callback callback;
    private final int limit;
    private final Handler handler;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    BodyReader(Request request, Response response, Callback callback, int limit, Handler handler) {
        this.request = request;
        this.response = response;
        this.callback = callback;
        this.limit = limit;
        this.handler = handler;
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
        for (Content.Chunk chunk = request.read(); ; chunk = request.read()) {
            if (chunk == null) {
                request.demand(this);
                return;
            }
            if (Content.Chunk.isFailure(chunk)) {
                fail(chunk.getFailure());
                return;
            }
            boolean fits = body.size() + chunk.remaining() <= limit;
            byte[] bytes = fits ? BufferUtil.toArray(chunk.getByteBuffer()) : new byte[0];
            body.writeBytes(bytes);
            boolean isLast = chunk.isLast();
            chunk.release();
            if (!fits) {
                HttpEndPoint.enter(request, Phase.HANDLED);
                Response.writeError(request, response, callback, HttpStatus.PAYLOAD_TOO_LARGE_413);
                return;
            }
            if (isLast) {
                HttpEndPoint.enter(request, Phase.HANDLED);
                if (later) {
                    request.getContext().execute(this::handle);
                } else {
                    handle();
                }
                return;
            }
        }
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
            if (!handler.handle(new Read(request, body.toByteArray()), response, callback)) {
                Response.writeError(request, response, callback, HttpStatus.NOT_FOUND_404);
            }
        } catch (Throwable failure) {
            Response.writeError(request, response, callback, failure);
        }
    }

    /** A request whose body has been read. */
    private static final class Read extends Request.Wrapper {
        private Content.Chunk next;

        Read(Request request, byte[] body) {
            super(request);
            this.next = Content.Chunk.from(ByteBuffer.wrap(body), true);
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
