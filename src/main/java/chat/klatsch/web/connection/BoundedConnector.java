package chat.klatsch.web.connection;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes new connections at once while the process has few descriptors left, so that the present connections, the database
 * and Redis go on, and a proxy asks another node. Jetty alone would leave them waiting, and take the last descriptor.
 * Thread-safe.
 */
public class BoundedConnector extends ServerConnector {
    private static final Logger log = LoggerFactory.getLogger(BoundedConnector.class);

    /** What the process opens after its start: connections to the database, to Redis and for email, libraries. */
    private static final int RESERVE = 64;

    private static final int MIN_CONNECTIONS = 16;

    private final Set<SocketChannel> accepted = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean full = new AtomicBoolean();
    private volatile long limit = Long.MAX_VALUE;

    public BoundedConnector(Server server, HttpConnectionFactory http) {
        super(server, http);
    }

    @Override
    protected void doStart() throws Exception {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system) {
            long free = system.getMaxFileDescriptorCount() - system.getOpenFileDescriptorCount() - RESERVE;
            limit = Math.max(MIN_CONNECTIONS, free);
        }
        super.doStart();
    }

    @Override
    public void accept(int acceptor) throws IOException {
        if (!(getTransport() instanceof ServerSocketChannel server) || !server.isOpen()) {
            return;
        }
        SocketChannel channel = server.accept();
        if (isFull()) {
            channel.close();
        } else {
            accepted.add(channel);
            channel.configureBlocking(false);
            configure(channel.socket());
            getSelectorManager().accept(channel);
        }
    }

    private boolean isFull() {
        if (accepted.size() >= limit) {
            // Some may have closed before Jetty knew them.
            accepted.removeIf(channel -> !channel.isOpen());
        }
        if (accepted.size() < limit) {
            full.set(false);
        } else if (full.compareAndSet(false, true)) {
            log.warn(
                    "New connections are closed at once, because {} are open and the process may open no more files."
                            + " Raise its limit",
                    accepted.size());
        }
        return full.get();
    }

    @Override
    protected void onEndPointClosed(EndPoint endPoint) {
        if (endPoint.getTransport() instanceof SocketChannel channel) {
            accepted.remove(channel);
        }
        super.onEndPointClosed(endPoint);
    }
}
