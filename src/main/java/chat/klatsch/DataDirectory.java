package chat.klatsch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The directory of the embedded database, which belongs to one chat at a time: its lock keeps out others in this JVM,
 * whom H2 would let in, and in other ones. The operating system frees it when a process dies. Thread-safe.
 */
final class DataDirectory implements AutoCloseable {
    private final Path path;
    private final FileChannel lock;

    private DataDirectory(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /** Makes it if it is not there. @throws IllegalStateException when that cannot be, or when a chat uses it */
    static DataDirectory open(Path path) {
        FileChannel channel;
        try {
            Files.createDirectories(path);
            channel =
                    FileChannel.open(path.resolve("klatsch.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new IllegalStateException("cannot use %s as data directory (%s)".formatted(path, e), e);
        }
        DataDirectory directory = new DataDirectory(path, channel);
        if (!directory.lock()) {
            directory.close();
            throw new IllegalStateException("the data directory " + path + " is in use by another chat");
        }
        return directory;
    }

    /** Where the database is in it. */
    String url() {
        return "jdbc:h2:file:" + path.toAbsolutePath().resolve("klatsch");
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

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
