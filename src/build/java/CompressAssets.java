import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.encoder.Encoder;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** Writes a Brotli and a gzip copy next to every asset in a directory, each as small as possible. Run by the build. */
final class CompressAssets {
    private CompressAssets() {}

    public static void main(String[] arguments) throws IOException {
        Brotli4jLoader.ensureAvailability();
        for (Path asset : assets(Path.of(arguments[0]))) {
            byte[] content = Files.readAllBytes(asset);
            Files.write(Path.of(asset + ".br"), Encoder.compress(content));
            try (OutputStream gzip = new StrongGzip(Files.newOutputStream(Path.of(asset + ".gz")))) {
                gzip.write(content);
            }
        }
    }

    private static List<Path> assets(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().matches(".*\\.(css|js|svg)"))
                    .toList();
        }
    }

    private static final class StrongGzip extends GZIPOutputStream {
        StrongGzip(OutputStream out) throws IOException {
            super(out);
            def.setLevel(Deflater.BEST_COMPRESSION);
        }
    }
}
