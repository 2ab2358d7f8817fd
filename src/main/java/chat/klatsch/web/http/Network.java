package chat.klatsch.web.http;

import io.javalin.http.Context;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import org.eclipse.jetty.server.Request;

/**
 * The network that a client belongs to, for all limits by address: an IPv4 address, or the /64 of an IPv6 address, within
 * which a client chooses its address freely.
 *
 * @param prefix the address, whose last 64 bits are zero in IPv6
 */
public record Network(String prefix) {
    private static final int PREFIX_BYTES = 8;

    public static Network of(Context context) {
        return of(context.ip());
    }

    /** Returns the network of a request's client, unless the client has closed the connection. */
    public static Optional<Network> of(Request request) {
        return request.getConnectionMetaData().getRemoteSocketAddress() instanceof InetSocketAddress client
                ? Optional.of(of(client.getAddress()))
                : Optional.empty();
    }

    /** Returns the network of a numeric address. */
    static Network of(String address) {
        try {
            // An address that is not numeric would be looked up; a server knows its peers by number.
            return of(InetAddress.getByName(address));
        } catch (UnknownHostException e) {
            return new Network(address);
        }
    }

    /** Returns the network of an address. */
    public static Network of(InetAddress address) {
        if (!(address instanceof Inet6Address)) {
            return new Network(address.getHostAddress());
        }
        byte[] prefix = Arrays.copyOf(address.getAddress(), PREFIX_BYTES);
        try {
            return new Network(InetAddress.getByAddress(Arrays.copyOf(prefix, 2 * PREFIX_BYTES))
                    .getHostAddress());
        } catch (UnknownHostException e) {
            throw new AssertionError("An IPv6 address has 16 bytes", e);
        }
    }

    @Override
    public String toString() {
        return prefix;
    }
}
