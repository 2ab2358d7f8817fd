package chat.klatsch.web.view;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The static files, which the build has compressed, except images that are compressed by themselves. They are read from the jar once and served at addresses that contain
 * their hash, so that browsers cache them for good. Thread-safe.
 */
public final class StaticAssets {
    private static final List<String> NAMES = List.of(
            "klatsch.css",
            "htmx.min.js",
            "hx-csp.min.js",
            "hx-ws.min.js",
            "hx-upsert.min.js",
            "favicon.svg",
            "favicon-unread.svg",
            "icon-192.png",
            "icon-512.png",
            "icon-maskable.png",
            "icon-touch.png");

    /** The style sheet of the host. */
    static final String STYLE = "style.css";

    /** An image may have scripts and links, which must not work where somebody opens it as a page. */
    private static final String IMAGE_POLICY =
            "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox";

    private static final Map<String, String> TYPES = Map.of(
            ".css", "text/css; charset=utf-8",
            ".js", "text/javascript; charset=utf-8",
            ".svg", "image/svg+xml",
            ".png", "image/png");

    /** A content coding, for clients that accept it. */
    private enum Encoding {
        BROTLI("br", ".br"),
        GZIP("gzip", ".gz");

        private final String coding;
        private final String suffix;
        private final Pattern accepted;

        Encoding(String coding, String suffix) {
            this.coding = coding;
            this.suffix = suffix;
            this.accepted = Pattern.compile("\\b" + coding + "\\b(?!\\s*;\\s*q=0(\\.0*)?\\s*(,|$))");
        }

        boolean isAcceptedBy(String header) {
            return accepted.matcher(header).find();
        }
    }

    /** @param integrity the hash in the form of an {@code integrity} attribute */
    private record Asset(String path, String type, byte[] plain, Map<Encoding, byte[]> compressed, String integrity) {}

    private final Map<String, Asset> byName = new HashMap<>();
    private final Map<String, Asset> byPath = new HashMap<>();

    public StaticAssets() {
        this(Brand.NONE);
    }

    /** @param brand the files of the host */
    public StaticAssets(Brand brand) {
        NAMES.forEach(this::add);
        brand.logo().ifPresent(logo -> add(logo(logo), logo.content(), Map.of()));
        brand.style().ifPresent(css -> add(STYLE, css.getBytes(StandardCharsets.UTF_8), Map.of()));
    }

    static String logo(Logo logo) {
        return "logo" + logo.suffix();
    }

    String path(String name) {
        return named(name).path();
    }

    /** Returns the hash that the browser checks before it runs the file. */
    public String integrity(String name) {
        return named(name).integrity();
    }

    /** Sends the file at the request's path. Returns false if there is none. */
    public boolean serve(Context context) {
        Asset asset = byPath.get("/static/" + context.pathParam("file"));
        if (asset == null) {
            return false;
        }
        String accepted = Objects.requireNonNullElse(context.header("Accept-Encoding"), "");
        if (asset.type().startsWith("image/")) {
            context.header("Content-Security-Policy", IMAGE_POLICY);
        }
        context.contentType(asset.type())
                .header("Vary", "Accept-Encoding")
                .header("Cache-Control", "public, max-age=31536000, immutable");
        Optional<Encoding> encoding = Stream.of(Encoding.values())
                .filter(candidate -> asset.compressed().containsKey(candidate) && candidate.isAcceptedBy(accepted))
                .findFirst();
        encoding.ifPresent(compressed -> context.header("Content-Encoding", compressed.coding));
        context.result(encoding.map(asset.compressed()::get).orElse(asset.plain()));
        return true;
    }

    private Asset named(String name) {
        return Objects.requireNonNull(byName.get(name), name);
    }

    private void add(String name) {
        Map<Encoding, byte[]> compressed = new EnumMap<>(Encoding.class);
        if (!name.endsWith(".png")) {
            for (Encoding encoding : Encoding.values()) {
                compressed.put(encoding, read(name + encoding.suffix));
            }
        }
        add(name, read(name), compressed);
    }

    private void add(String name, byte[] content, Map<Encoding, byte[]> compressed) {
        int dot = name.lastIndexOf('.');
        String type = Objects.requireNonNull(TYPES.get(name.substring(dot)), name);
        String hash = HexFormat.of().formatHex(digest("SHA-256", content), 0, 8);
        String path = "/static/" + name.substring(0, dot) + "." + hash + name.substring(dot);
        String integrity = "sha384-" + Base64.getEncoder().encodeToString(digest("SHA-384", content));
        Asset asset = new Asset(path, type, content, compressed, integrity);
        byName.put(name, asset);
        byPath.put(path, asset);
    }

    private static byte[] read(String name) {
        try (InputStream file = StaticAssets.class.getResourceAsStream("assets/" + name)) {
            return Objects.requireNonNull(file, name).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] digest(String algorithm, byte[] content) {
        try {
            return MessageDigest.getInstance(algorithm).digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("Every Java platform has " + algorithm, e);
        }
    }
}
