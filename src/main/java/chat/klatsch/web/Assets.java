package chat.klatsch.web;

import io.javalin.http.Context;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;

/**
 * The static files, read from the jar once, compressed once and served under an address that contains their hash,
 * so that a browser never asks again for one it has. Immutable and thread-safe.
 */
public final class Assets {
    private static final List<String> STYLES = List.of(
            "reset",
            "colours",
            "layout",
            "account",
            "profile",
            "room",
            "people",
            "door",
            "search",
            "house",
            "history",
            "message",
            "text",
            "actions",
            "composer",
            "status");

    private static final Pattern GZIP = Pattern.compile("\\bgzip\\b(?!\\s*;\\s*q=0(\\.0*)?\\s*(,|$))");

    /** @param integrity the hash in the form of an {@code integrity} attribute */
    private record Asset(String path, String type, byte[] plain, byte[] compressed, String integrity) {}

    private final Map<String, Asset> byName = new HashMap<>();
    private final Map<String, Asset> byPath = new HashMap<>();

    public Assets() {
        ByteArrayOutputStream styles = new ByteArrayOutputStream();
        STYLES.forEach(style -> styles.writeBytes(read("css/" + style + ".css")));
        add("klatsch.css", "text/css; charset=utf-8", styles.toByteArray());
        for (String script : List.of("htmx.min.js", "hx-ws.min.js", "hx-upsert.min.js")) {
            add(script, "text/javascript; charset=utf-8", read(script));
        }
        add("favicon.svg", "image/svg+xml", read("favicon.svg"));
    }

    String path(String name) {
        return named(name).path();
    }

    /** What the browser checks the file against before it runs it. */
    public String integrity(String name) {
        return named(name).integrity();
    }

    /** Answers with the file at this path, or with false. */
    boolean serve(Context context) {
        Asset asset = byPath.get("/static/" + context.pathParam("file"));
        if (asset == null) {
            return false;
        }
        String accepted = Objects.requireNonNullElse(context.header("Accept-Encoding"), "");
        boolean compress = GZIP.matcher(accepted).find();
        if (compress) {
            context.header("Content-Encoding", "gzip");
        }
        context.contentType(asset.type())
                .header("Vary", "Accept-Encoding")
                .header("Cache-Control", "public, max-age=31536000, immutable")
                .result(compress ? asset.compressed() : asset.plain());
        return true;
    }

    private Asset named(String name) {
        return Objects.requireNonNull(byName.get(name), name);
    }

    private void add(String name, String type, byte[] content) {
        int dot = name.lastIndexOf('.');
        String hash = HexFormat.of().formatHex(digest("SHA-256", content), 0, 8);
        String path = "/static/" + name.substring(0, dot) + "." + hash + name.substring(dot);
        String integrity = "sha384-" + Base64.getEncoder().encodeToString(digest("SHA-384", content));
        Asset asset = new Asset(path, type, content, compress(content), integrity);
        byName.put(name, asset);
        byPath.put(path, asset);
    }

    private static byte[] read(String name) {
        try (InputStream file = Assets.class.getResourceAsStream("/web/" + name)) {
            return Objects.requireNonNull(file, name).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] digest(String algorithm, byte[] content) {
        try {
            return MessageDigest.getInstance(algorithm).digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has " + algorithm, e);
        }
    }

    private static byte[] compress(byte[] content) {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return compressed.toByteArray();
    }
}
