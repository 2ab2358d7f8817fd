package chat.klatsch.web;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns once when requests come through a proxy that the settings do not know. Only a peer in a private network is taken
 * for a proxy, as anyone can send its headers. Thread-safe.
 */
final class ProxyHints implements HttpConfiguration.Customizer {
    private static final Logger log = LoggerFactory.getLogger(ProxyHints.class);
    private static final int UNIQUE_LOCAL_MASK = 0xfe;
    private static final int UNIQUE_LOCAL = 0xfc;

    private final TrustedProxies proxies;
    private final AtomicBoolean trustTold = new AtomicBoolean();
    private final AtomicBoolean publicUrlTold = new AtomicBoolean();

    /** @param hasPublicUrl whether the settings name the URL that browsers use */
    ProxyHints(TrustedProxies proxies, boolean hasPublicUrl) {
        this.proxies = proxies;
        this.publicUrlTold.set(hasPublicUrl);
    }

    @Override
    public Request customize(Request request, HttpFields.Mutable response) {
        HttpFields headers = request.getHeaders();
        if (headers.contains(HttpHeader.X_FORWARDED_FOR)
                && request.getConnectionMetaData().getRemoteSocketAddress() instanceof InetSocketAddress peer
                && isPrivate(peer.getAddress())) {
            hint(peer.getAddress(), "https".equalsIgnoreCase(headers.get(HttpHeader.X_FORWARDED_PROTO)));
        }
        return request;
    }

    private void hint(InetAddress peer, boolean secure) {
        if (!proxies.contains(peer) && trustTold.compareAndSet(false, true)) {
            log.warn(
                    "A request came through a proxy at {} that is not trusted, so that all its clients count as one address."
                            + " If it is yours, set --trusted-proxies={}",
                    peer.getHostAddress(),
                    peer.getHostAddress());
        }
        if (secure && publicUrlTold.compareAndSet(false, true)) {
            log.warn(
                    "A proxy serves the chat over https, but no public URL is set, so that cookies are not bound to https"
                            + " and links in emails lead to this machine. Set --public-url=https://…");
        }
    }

    private static boolean isPrivate(InetAddress peer) {
        return peer.isLoopbackAddress()
                || peer.isSiteLocalAddress()
                || peer.isLinkLocalAddress()
                || (peer.getAddress()[0] & UNIQUE_LOCAL_MASK) == UNIQUE_LOCAL && peer.getAddress().length > 4;
    }
}
