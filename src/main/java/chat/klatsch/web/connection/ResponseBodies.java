package chat.klatsch.web.connection;

import chat.klatsch.web.http.Download;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Writes a response once the thread that handles the request has made all of it, so that a client that does not read
 * occupies no thread. A {@link Download} is written as it is made. Closes the connection if the responses that wait for clients of its network take too much memory.
 * Thread-safe.
 */
public final class ResponseBodies extends Handler.Wrapper {
    /** A page of long messages, several times. */
    private static final int OF_NETWORK = 8_000_000;

    private final FairPermits memory = new FairPermits(OF_NETWORK);

    public ResponseBodies(Handler handler) {
        super(handler);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        HttpEndPoint.progress(request).ifPresent(progress -> progress.respond(response::getStatus));
        Complete complete = new Complete(request, response, callback);
        return super.handle(request, complete, complete);
    }

    /** A response that is written when its body is complete. Jetty's callback is called when it is written. */
    private final class Complete extends Response.Wrapper implements Callback {
        private final Callback callback;
        private final ByteArrayOutputStream body = new ByteArrayOutputStream(0);
        private final Callback.Completable written = new Callback.Completable();
        private boolean isLast;

        Complete(Request request, Response response, Callback callback) {
            super(request, response);
            this.callback = callback;
        }

        @Override
        public void write(boolean last, @Nullable ByteBuffer bytes, Callback taken) {
            if (getRequest().getAttribute(Download.STREAMED) != null) {
                isLast = true;
                written.succeeded();
                super.write(last, bytes, taken);
                return;
            }
            if (bytes != null) {
                body.writeBytes(BufferUtil.toArray(bytes));
                BufferUtil.clear(bytes);
            }
            if (last && !isLast) {
                isLast = true;
                writeBody();
            }
            taken.succeeded();
        }

        private void writeBody() {
            int size = body.size();
            super.write(true, ByteBuffer.wrap(body.toByteArray()), written);
            body.reset();
            if (!written.isDone() && !memory.tryAcquire(getRequest(), size)) {
                HttpEndPoint.end(getRequest());
            }
        }

        @Override
        public void reset() {
            super.reset();
            body.reset();
        }

        @Override
        public void succeeded() {
            if (!isLast) {
                isLast = true;
                if (body.size() > 0) {
                    writeBody();
                } else {
                    written.succeeded();
                }
            }
            written.whenComplete((nothing, failure) -> {
                if (failure == null) {
                    callback.succeeded();
                } else {
                    callback.failed(failure);
                }
            });
        }

        @Override
        public void failed(Throwable failure) {
            callback.failed(failure);
        }
    }
}
