package chat.klatsch.core;

import java.net.IDN;
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
    private static final Pattern NAME = Pattern.compile("[a-z0-9_-]+(\\.[a-z0-9_-]+)*\\.?");

    /** Letters and joiners that Java converts by an older rule than browsers do. */
    private static final Pattern AMBIGUOUS = Pattern.compile("[\u00df\u1e9e\u03c2\u200c\u200d]");

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
        return host(parts.group(3))
                .filter(host -> port.orElse(0) <= MAX_PORT)
                .map(host -> new Authority(decoded(parts.group(1)), decoded(parts.group(2)), host, port));
    }

    /** Leaves the login out, so that no log shows it. */
    @Override
    public String toString() {
        return port.isPresent() ? host + ":" + port.getAsInt() : host;
    }

    private static Optional<String> host(String text) {
        if (text.startsWith("[")) {
            return Optional.of(text.toLowerCase(Locale.ROOT));
        }
        try {
            String ascii =
                    AMBIGUOUS.matcher(text).find() ? "" : IDN.toASCII(text).toLowerCase(Locale.ROOT);
            return Optional.of(ascii).filter(NAME.asMatchPredicate());
        } catch (IllegalArgumentException notAName) {
            return Optional.empty();
        }
    }

    /** Decodes percent escapes only: a plus in a login does not mean a space. */
    private static Optional<String> decoded(@Nullable String text) {
        return Optional.ofNullable(text)
                .map(encoded -> URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8));
    }
}
