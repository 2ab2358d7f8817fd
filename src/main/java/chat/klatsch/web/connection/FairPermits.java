package chat.klatsch.web.connection;

import chat.klatsch.web.http.Network;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.eclipse.jetty.server.Request;

/** Permits for requests that take much while they last, of which one network gets a quarter at most. Thread-safe. */
final class FairPermits {
    private static final int MIN_NETWORKS = 4;

    private final int ofNetwork;
    private final Semaphore free;
    private final Map<Network, Integer> held = new ConcurrentHashMap<>();

    FairPermits(int atOnce) {
        this.ofNetwork = Math.max(1, atOnce / MIN_NETWORKS);
        this.free = new Semaphore(atOnce);
    }

    /** Takes a permit until the response to the request is complete. Returns whether there was one. */
    boolean tryAcquire(Request request) {
        if (!(request.getConnectionMetaData().getRemoteSocketAddress() instanceof InetSocketAddress client)) {
            return false;
        }
        Network network = Network.of(client.getAddress());
        boolean acquired = tryAcquire(network);
        if (acquired) {
            Request.addCompletionListener(request, failure -> release(network));
        }
        return acquired;
    }

    private boolean tryAcquire(Network network) {
        if (held.merge(network, 1, Integer::sum) <= ofNetwork && free.tryAcquire()) {
            return true;
        }
        forget(network);
        return false;
    }

    private void release(Network network) {
        free.release();
        forget(network);
    }

    private void forget(Network network) {
        held.computeIfPresent(network, (key, count) -> count > 1 ? count - 1 : null);
    }
}
