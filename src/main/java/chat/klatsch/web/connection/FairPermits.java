package chat.klatsch.web.connection;

import chat.klatsch.web.http.Network;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.eclipse.jetty.server.Request;

/** Memory for what waits for clients, of which one network gets a quarter at most. Thread-safe. */
final class FairPermits {
    private static final int MIN_NETWORKS = 4;

    private final int ofNetwork;
    private final Semaphore free;
    private final Map<Network, Integer> held = new ConcurrentHashMap<>();

    /** @param ofNetwork the most bytes for one network */
    FairPermits(int ofNetwork) {
        this.ofNetwork = ofNetwork;
        this.free = new Semaphore(MIN_NETWORKS * ofNetwork);
    }

    /** Takes memory until the response to the request is complete. Returns whether there was enough. */
    boolean tryAcquire(Request request, int bytes) {
        Optional<Network> client = Network.of(request).filter(network -> tryAcquire(network, bytes));
        client.ifPresent(network -> Request.addCompletionListener(request, failure -> release(network, bytes)));
        return client.isPresent();
    }

    private boolean tryAcquire(Network network, int bytes) {
        if (bytes > ofNetwork) {
            return false;
        }
        if (held.merge(network, bytes, Integer::sum) <= ofNetwork && free.tryAcquire(bytes)) {
            return true;
        }
        forget(network, bytes);
        return false;
    }

    private void release(Network network, int bytes) {
        free.release(bytes);
        forget(network, bytes);
    }

    private void forget(Network network, int bytes) {
        held.computeIfPresent(network, (key, sum) -> sum > bytes ? sum - bytes : null);
    }
}
