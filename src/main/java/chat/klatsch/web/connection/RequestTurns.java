package chat.klatsch.web.connection;

import chat.klatsch.web.http.Network;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Bounds how many requests are handled at a time, in all and for one network, so that the pages that are being made fit in
 * memory, and one network leaves processors and threads to the others. The rest wait for their turn, which occupies no
 * thread. Thread-safe.
 */
public final class RequestTurns extends Handler.Wrapper {
    private static final int MIN_READS_OF_NETWORK = 4;
    private static final int MAX_READS_OF_NETWORK = 8;
    private static final int MIN_NETWORKS = 4;

    /** Together with the reads, fewer than Jetty has threads. */
    private static final int WRITES = 200;

    /** More than the password hashes that may wait, so that the queue for them decides whose is next. */
    private static final int WRITES_OF_NETWORK = 60;

    private final Function<Request, Optional<String>> session;
    private final FairTurns reads;
    private final FairTurns writes;

    /**
     * @param session finds the token of the session that a request claims to have
     * @param waitingOfNetwork the most reads, and the most writes, of one network that wait
     */
    public RequestTurns(Function<Request, Optional<String>> session, int waitingOfNetwork) {
        this.session = session;
        // More pages at a time would not be made sooner, as they share the processors and the database's connections.
        int processors = Runtime.getRuntime().availableProcessors();
        int readsOfNetwork = Math.max(MIN_READS_OF_NETWORK, Math.min(MAX_READS_OF_NETWORK, processors));
        this.reads = new FairTurns(MIN_NETWORKS * readsOfNetwork, readsOfNetwork, waitingOfNetwork);
        this.writes = new FairTurns(WRITES, WRITES_OF_NETWORK, waitingOfNetwork);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        Optional<Network> network = Network.of(request);
        if (network.isEmpty()) {
            callback.failed(new EofException("The client has left"));
            return true;
        }
        Turn turn = new Turn(request, response, callback, network.get());
        return !turn.beginsNow() || turn.handle();
    }

    private boolean handleNext(Request request, Response response, Callback callback) throws Exception {
        return super.handle(request, response, callback);
    }

    private static boolean isRead(Request request) {
        return HttpMethod.GET.is(request.getMethod()) || HttpMethod.HEAD.is(request.getMethod());
    }

    /** A request that is handled, by the thread that has brought it or, once it has waited, by another one. */
    private final class Turn implements FairTurns.Waiter, Runnable {
        private final Request request;
        private final Response response;
        private final Callback callback;
        private final FairTurns.Client client;
        private final FairTurns turns;

        Turn(Request request, Response response, Callback callback, Network network) {
            this.request = request;
            this.response = response;
            this.callback = callback;
            this.client = new FairTurns.Client(network, session.apply(request).orElse(""));
            this.turns = isRead(request) ? reads : writes;
        }

        boolean beginsNow() {
            return turns.enter(client, this);
        }

        boolean handle() throws Exception {
            try {
                return handleNext(request, response, callback);
            } finally {
                turns.leave(client);
            }
        }

        @Override
        public void begin() {
            try {
                request.getContext().execute(this);
            } catch (RejectedExecutionException stopping) {
                turns.leave(client);
                Response.writeError(request, response, callback, HttpStatus.SERVICE_UNAVAILABLE_503);
            }
        }

        @Override
        public void run() {
            try {
                if (!handle()) {
                    Response.writeError(request, response, callback, HttpStatus.NOT_FOUND_404);
                }
            } catch (Throwable failure) {
                Response.writeError(request, response, callback, failure);
            }
        }

        @Override
        public void refuse() {
            BodyReader.refuseForNow(request, response, callback);
        }
    }
}
