package chat.klatsch;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.SYNC;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.h2.Driver;

/**
 * The directory of the embedded database, which belongs to one chat at a time: its lock keeps out others in this JVM,
 * whom H2 would let in, and in other ones. The operating system frees it when a process dies. Thread-safe.
 */
final class DataDirectory implements AutoCloseable {
    private static final String DATABASE = "klatsch";

    /** The version that builds without a note had, and that can lose what it has committed. */
    private static final String LOSING_VERSION = "2.5";

    /** In the first bytes of a database file that H2 has closed. */
    private static final String CLOSED = "clean:1";

    private static final int HEADER_BYTES = 4_096;

    private final Path path;
    private final FileChannel lock;

    private DataDirectory(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /**
     * Makes it if it is not there.
     *
     * @throws IllegalStateException when that cannot be, when a chat uses it, or when this version cannot read its database
     */
    static DataDirectory open(Path path) {
        FileChannel channel;
        try {
            Files.createDirectories(path);
            channel = FileChannel.open(path.resolve("klatsch.lock"), CREATE, WRITE);
        } catch (IOException e) {
            throw new IllegalStateException("cannot use %s as data directory (%s)".formatted(path, e), e);
        }
        DataDirectory directory = new DataDirectory(path, channel);
        try {
            if (!directory.lock()) {
                throw new IllegalStateException("the data directory " + path + " is in use by another chat");
            }
            directory.claim();
        } catch (RuntimeException e) {
            directory.close();
            throw e;
        }
        return directory;
    }

    /** Where the database is in it. */
    String url() {
        return "jdbc:h2:file:" + path.toAbsolutePath().resolve(DATABASE);
    }

    private boolean lock() {
        try {
            return lock.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Notes which H2 version writes the database. Values of transactions under way are stored differently by each version,
     * and mistaken by another without an error, so one has to close the file before the next opens it.
     */
    private void claim() {
        Driver h2 = new Driver();
        String version = h2.getMajorVersion() + "." + h2.getMinorVersion();
        if (version.equals(LOSING_VERSION)) {
            throw new IllegalStateException("H2 %s loses messages when the process dies; use 2.4".formatted(version));
        }
        Path file = path.resolve(DATABASE + ".mv.db");
        Path note = path.resolve("h2-version");
        try {
            String writer = Files.exists(note) ? Files.readString(note).strip() : LOSING_VERSION;
            if (!writer.equals(version)) {
                if (Files.exists(file) && !isClosed(file)) {
                    throw new IllegalStateException(
                            "the database in %s was not closed by H2 %s, which wrote it; start and stop the build of Klatsch that used it last, then start this one"
                                    .formatted(path, writer));
                }
                write(note, version);
            }
        } catch (IOException e) {
            throw new IllegalStateException("cannot use %s as data directory (%s)".formatted(path, e), e);
        }
    }

    /** Whole or not at all, and on the disk before the database is. */
    private static void write(Path note, String version) throws IOException {
        Path unfinished = note.resolveSibling(note.getFileName() + ".new");
        Files.writeString(unfinished, version + "\n", CREATE, TRUNCATE_EXISTING, WRITE, SYNC);
        Files.move(unfinished, note, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static boolean isClosed(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(HEADER_BYTES), StandardCharsets.ISO_8859_1).contains(CLOSED);
        }
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
