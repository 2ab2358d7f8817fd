package chat.klatsch.web.view;

import chat.klatsch.core.Authority;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The sites whose pages may show a room in a frame, as a content security policy names them.
 *
 * @param sources {@code 'self'}, or a scheme and a host such as {@code https://*.example.org:8443}; empty for nobody
 */
public record FrameAncestors(List<String> sources) {
    public static final FrameAncestors NONE = new FrameAncestors(List.of());

    private static final Pattern SOURCE =
            Pattern.compile("(https?://)(\\*\\.)?([^/?#@;,\\s'\"*]+)/?", Pattern.CASE_INSENSITIVE);

    /** The words that policies quote, which shells take the quotes from. */
    private static final Pattern WORD = Pattern.compile("'?(self|none)'?", Pattern.CASE_INSENSITIVE);

    /** @throws IllegalArgumentException for anything else, such as {@code *} */
    public static FrameAncestors of(List<String> sources) {
        List<String> stripped = sources.stream().map(String::strip).toList();
        if (stripped.size() == 1 && word(stripped.get(0)).equals(Optional.of("'none'"))) {
            return NONE;
        }
        return new FrameAncestors(
                stripped.stream().map(FrameAncestors::source).distinct().toList());
    }

    public FrameAncestors {
        sources = List.copyOf(sources);
    }

    private static String source(String text) {
        return word(text)
                .filter("'self'"::equals)
                .or(() -> host(text))
                .orElseThrow(() -> new IllegalArgumentException(
                        "a site that may frame a room is 'self' or looks like https://shop.example, "
                                + "https://shop.example:8443 or https://*.example.org"));
    }

    private static Optional<String> word(String text) {
        Matcher word = WORD.matcher(text);
        return word.matches() ? Optional.of("'" + word.group(1).toLowerCase(Locale.ROOT) + "'") : Optional.empty();
    }

    private static Optional<String> host(String text) {
        Matcher parts = SOURCE.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        boolean wildcard = parts.group(2) != null;
        return Authority.of(parts.group(3))
                // A policy cannot name IPv6 addresses.
                .filter(server -> !server.host().matches("\\[.*|.*\\."))
                // A whole top-level domain is nobody's, and an address has no subdomains.
                .filter(server -> !wildcard || server.host().matches("[^.]+\\.(.+\\.)?[^.0-9][^.]*"))
                .map(server -> parts.group(1).toLowerCase(Locale.ROOT) + (wildcard ? "*." : "") + server);
    }

    /** Returns the value of the directive {@code frame-ancestors}. */
    public String policy() {
        return sources.isEmpty() ? "'none'" : String.join(" ", sources);
    }
}
