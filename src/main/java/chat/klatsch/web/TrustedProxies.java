package chat.klatsch.web;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.InetAddressSet;

/**
 * Replaces the peer's address with the client's from {@code X-Forwarded-For} if the peer is a trusted proxy. Each proxy
 * appends the address of its own client, so the header is read from the right: the first address that is not a trusted
 * proxy's is the client's, and those further left can be forged. Runs below Javalin, so that all code sees the client's
 * address. Thread-safe.
 */
public final class TrustedProxies implements HttpConfiguration.Customizer {
    private static final Pattern ADDRESS = Pattern.compile("[0-9A-Fa-f]*:[0-9A-Fa-f:.]*|\\d+(\\.\\d+){3}");
    private static final Pattern RANGE = Pattern.compile("(.+?)(/\\d{1,3})?");
    private static final Pattern WITH_PORT = Pattern.compile("\\[(.+)](?::\\d+)?|([0-9.]+):\\d+");

    private final InetAddressSet trusted = new InetAddressSet();

    /** @throws IllegalArgumentException for anything but addresses and ranges, such as host names */
    public TrustedProxies(List<String> addressesAndRanges) {
        addressesAndRanges.forEach(this::trust);
    }

    /** Returns whether no proxy is trusted. */
    public boolean isEmpty() {
        return trusted.isEmpty();
    }

    /** Returns whether a peer is a trusted proxy. */
    boolean contains(InetAddress peer) {
        return trusted.test(peer);
    }

    @Override
    public Request customize(Request request, HttpFields.Mutable response) {
        ConnectionMetaData connection = request.getConnectionMetaData();
        if (!(connection.getRemoteSocketAddress() instanceof InetSocketAddress peer)
                || !trusted.test(peer.getAddress())) {
            return request;
        }
        SocketAddress client = new InetSocketAddress(client(peer.getAddress(), request.getHeaders()), 0);
        ConnectionMetaData forwarded = new ConnectionMetaData.Wrapper(connection) {
            @Override
            public SocketAddress getRemoteSocketAddress() {
                return client;
            }
        };
        return new Request.Wrapper(request) {
            @Override
            public ConnectionMetaData getConnectionMetaData() {
                return forwarded;
            }
        };
    }

    /** Stops at the last trusted address if a proxy sent a malformed one. */
    private InetAddress client(InetAddress peer, HttpFields headers) {
        String[] hops = String.join(",", headers.getValuesList(HttpHeader.X_FORWARDED_FOR))
                .split(",", -1);
        InetAddress client = peer;
        for (int i = hops.length - 1; i >= 0 && trusted.test(client); i--) {
            Optional<InetAddress> hop = address(withoutPort(hops[i].strip()));
            if (hop.isEmpty()) {
                return client;
            }
            client = hop.get();
        }
        return client;
    }

    private void trust(String addressOrRange) {
        Matcher range = RANGE.matcher(addressOrRange.strip());
        try {
            InetAddress address = address(range.matches() ? range.group(1) : "").orElseThrow();
            trusted.add(address.getHostAddress() + (range.group(2) == null ? "" : range.group(2)));
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(
                    "a proxy is an address like 10.0.0.1 or a range like 10.0.0.0/8, which '" + addressOrRange.strip()
                            + "' is not",
                    e);
        }
    }

    private static String withoutPort(String hop) {
        Matcher parts = WITH_PORT.matcher(hop);
        if (!parts.matches()) {
            return hop;
        }
        return parts.group(1) == null ? parts.group(2) : parts.group(1);
    }

    /** Parses an address without a name lookup: the JDK never resolves text with a colon. */
    private static Optional<InetAddress> address(String text) {
        if (!ADDRESS.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(text.contains(":") ? text : "::ffff:" + text));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }
}
