package chat.klatsch.web;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;

/**
 * The header in which a proxy that authenticates names the user. Removes it from requests of all other peers, so that no
 * code sees a name that a client has made up. Runs before {@link TrustedProxies}, which hide the peer. Thread-safe.
 */
public final class IdentityHeader implements HttpConfiguration.Customizer {
    private final String name;
    private final TrustedProxies proxies;

    public IdentityHeader(String name, TrustedProxies proxies) {
        this.name = name;
        this.proxies = proxies;
    }

    @Override
    public Request customize(Request request, HttpFields.Mutable response) {
        if (!request.getHeaders().contains(name)
                || (request.getConnectionMetaData().getRemoteSocketAddress() instanceof InetSocketAddress peer
                        && proxies.contains(peer.getAddress()))) {
            return request;
        }
        HttpFields headers = HttpFields.build(request.getHeaders()).remove(name).asImmutable();
        return new Request.Wrapper(request) {
            @Override
            public HttpFields getHeaders() {
                return headers;
            }
        };
    }

    /** Returns the user whom a proxy names. Nobody is named by two headers, one of which a client may have sent. */
    public static Optional<String> user(HttpServletRequest request, String name) {
        List<String> values = Collections.list(request.getHeaders(name));
        return values.size() == 1
                ? Optional.of(decoded(values.get(0)).strip()).filter(user -> !user.isEmpty())
                : Optional.empty();
    }

    /** Reads bytes that Jetty takes for ISO 8859-1 as UTF-8 if they are. */
    private static String decoded(String value) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(value.getBytes(StandardCharsets.ISO_8859_1)))
                    .toString();
        } catch (CharacterCodingException other) {
            return value;
        }
    }
}
