package chat.klatsch.web.http;

import chat.klatsch.core.Authority;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The scheme, host and port of a site. Equal for all spellings of the same: with or without the standard port, a dot at
 * the end or capital letters, in Unicode or ASCII.
 */
public record Origin(String scheme, String host, int port) {
    private static final Pattern FORM = Pattern.compile("(https?)://([^/?#@]+)/?", Pattern.CASE_INSENSITIVE);

    /** Parses a URL without a path. Returns nothing for other text, such as {@code null}. */
    public static Optional<Origin> of(String url) {
        Matcher parts = FORM.matcher(url);
        if (!parts.matches()) {
            return Optional.empty();
        }
        String scheme = parts.group(1).toLowerCase(Locale.ROOT);
        return Authority.of(parts.group(2))
                .map(server -> new Origin(
                        scheme, comparable(server.host()), server.port().orElse(standardPort(scheme))));
    }

    @Override
    public String toString() {
        return scheme + "://" + host + (port == standardPort(scheme) ? "" : ":" + port);
    }

    private static int standardPort(String scheme) {
        return scheme.equals("https") ? 443 : 80;
    }

    private static String comparable(String host) {
        if (!host.startsWith("[")) {
            return host.replaceFirst("\\.$", "");
        }
        try {
            return "[" + InetAddress.getByName(host).getHostAddress() + "]";
        } catch (UnknownHostException notAnAddress) {
            return host;
        }
    }
}
