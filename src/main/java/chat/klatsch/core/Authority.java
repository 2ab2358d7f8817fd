package chat.klatsch.core;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The part of a URL that names a server and a login. Unlike {@link URI}, it accepts host names with an underscore, and
 * converts international ones to ASCII. The user and the password are decoded.
 *
 * @param host a name in lower case, an IPv4 address, or an IPv6 address in brackets
 */
public record Authority(Optional<String> user, Optional<String> password, String host, OptionalInt port) {
    private static final Pattern PARTS =
            Pattern.compile("(?:([^:@]*)(?::([^@]*))?@)?([^:@\\[\\]]+|\\[[0-9A-Fa-f:.]+])(?::(\\d{0,5}))?");
    private static final Pattern HOST = Pattern.compile("\\[.+]|[a-z0-9_-]{1,63}(\\.[a-z0-9_-]{1,63})*\\.?");
    private static final int MAX_PORT = 65_535;

    /** Returns nothing for a URL that names no server. */
    public static Optional<Authority> of(URI url) {
        return of(Objects.requireNonNullElse(url.getRawAuthority(), ""));
    }

    /** Parses the text between {@code ://} and the path. Returns nothing if it names no server. */
    public static Optional<Authority> of(String text) {
        Matcher parts = PARTS.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        String digits = Objects.requireNonNullElse(parts.group(4), "");
        OptionalInt port = digits.isEmpty() ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(digits));
        return Optional.of(DomainName.toAscii(parts.group(3).toLowerCase(Locale.ROOT)))
                .filter(host -> HOST.matcher(host).matches() && port.orElse(0) <= MAX_PORT)
                .map(host -> new Authority(decoded(parts.group(1)), decoded(parts.group(2)), host, port));
    }

    /** Leaves the login out, so that no log shows it. */
    @Override
    public String toString() {
        return port.isPresent() ? host + ":" + port.getAsInt() : host;
    }

    /** Decodes percent escapes only: a plus in a login does not mean a space. */
    private static Optional<String> decoded(@Nullable String text) {
        return Optional.ofNullable(text)
                .map(encoded -> URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8));
    }
}
