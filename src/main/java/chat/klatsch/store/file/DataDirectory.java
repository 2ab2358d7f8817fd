package chat.klatsch.store.file;

import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.SYNC;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.regex.Pattern;
import org.h2.Driver;

/**
 * The directory of the embedded database. A file lock reserves it for one chat, also within this JVM, where H2 would
 * admit several; the operating system releases the lock when the process dies. Thread-safe.
 */
public final class DataDirectory implements AutoCloseable {
    private static final String DATABASE = "klatsch";

    /** The file that names the H2 version. */
    private static final String VERSION = "h2-version";

    /** The H2 version of builds that did not record it. It can lose committed transactions. */
    private static final String LOSING_VERSION = "2.5";

    /** Part of the header of a database file that H2 has closed properly. */
    private static final String CLOSED = "clean:1";

    private static final int HEADER_BYTES = 4_096;

    /** The start of options in H2's URLs, and what H2 replaces with a slash. */
    private static final Pattern MISREAD = Pattern.compile("[;\\\\]");

    private final Path path;
    private final FileChannel lock;

    private DataDirectory(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /**
     * Opens the directory, and creates it if it does not exist.
     *
     * @throws IllegalArgumentException if H2 would open another path
     * @throws IllegalStateException if it cannot be created, is in use, or has a database that this H2 version cannot read
     */
    public static DataDirectory open(Path path) {
        try {
            refuseMisread(path, path.toAbsolutePath());
            Files.createDirectories(path);
            refuseMisread(path, path.toRealPath());
            PrivateFiles.restrictAll(path, name -> name.startsWith(DATABASE + ".") || name.startsWith(VERSION));
            Path lockFile = path.resolve(DATABASE + ".lock");
            PrivateFiles.createFile(lockFile);
            FileChannel lock = FileChannel.open(lockFile, WRITE);
            DataDirectory directory = new DataDirectory(path, lock);
            try {
                directory.lock();
                directory.recordVersion();
                // H2 opens an empty file as a new database.
                PrivateFiles.createFile(directory.file());
                return directory;
            } catch (IOException | RuntimeException e) {
                directory.close();
                throw e;
            }
        } catch (IOException e) {
            throw new IllegalStateException("cannot use " + path + " as data directory (" + e + ")", e);
        }
    }

    private static void refuseMisread(Path path, Path names) {
        for (Path name : names) {
            if (MISREAD.matcher(name.toString()).find()) {
                throw new IllegalArgumentException(
                        "cannot use " + path + " as data directory: H2 opens no path with ; or \\ in a name");
            }
        }
    }

    /** Returns whether the directory has a database. */
    public static boolean exists(Path path) {
        return Files.exists(path.resolve(DATABASE + ".mv.db"));
    }

    /** Returns the socket at which a chat that has the directory open sends backups. */
    public static Path socket(Path path) {
        return path.resolve(DATABASE + ".sock");
    }

    public Path socket() {
        return socket(path);
    }

    /** The JDBC URL of the database. */
    public String url() {
        return "jdbc:h2:file:" + path.toAbsolutePath().resolve(DATABASE);
    }

    /** Returns the path of a database that is being made, without H2's extension. There is none yet. */
    public Path newDatabase() throws IOException {
        deleteNewDatabase();
        PrivateFiles.createFile(newFile());
        return path.resolve(DATABASE + ".new");
    }

    /** Puts the new database in the place of the present one, which nobody has open, and forces both to the disk. */
    public void replaceDatabase() throws IOException {
        // H2 replaces a file that it compacts.
        PrivateFiles.restrict(newFile());
        force(newFile(), WRITE);
        Files.move(newFile(), file(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        if (File.separatorChar == '/') {
            force(path, READ);
        }
    }

    public void deleteNewDatabase() throws IOException {
        Files.deleteIfExists(newFile());
    }

    private static void force(Path file, OpenOption access) throws IOException {
        try (FileChannel channel = FileChannel.open(file, access)) {
            channel.force(true);
        }
    }

    private Path newFile() {
        return path.resolve(DATABASE + ".new.mv.db");
    }

    private Path file() {
        return path.resolve(DATABASE + ".mv.db");
    }

    private void lock() throws IOException {
        boolean locked;
        try {
            locked = lock.tryLock() != null;
        } catch (OverlappingFileLockException sameJvm) {
            locked = false;
        }
        if (!locked) {
            throw new IllegalStateException("the data directory " + path + " is in use by another chat");
        }
    }

    /**
     * Records the H2 version that writes the database. H2 versions store the values of open transactions differently and
     * silently misread each other's, so one version must close the file before another opens it.
     */
    private void recordVersion() throws IOException {
        Driver h2 = new Driver();
        String version = h2.getMajorVersion() + "." + h2.getMinorVersion();
        if (version.equals(LOSING_VERSION)) {
            throw new IllegalStateException("H2 " + version + " loses messages when the process dies; use 2.4");
        }
        Path file = file();
        Path note = path.resolve(VERSION);
        String writer = Files.exists(note) ? Files.readString(note).strip() : LOSING_VERSION;
        if (writer.equals(version)) {
            return;
        }
        if (Files.exists(file) && !isClosed(file)) {
            throw new IllegalStateException("the database in " + path + " was not closed by H2 " + writer
                    + ", which wrote it; start and stop the build of Klatsch that used it last, then start this one");
        }
        write(note, version);
    }

    /** Writes the file atomically, and forces it to disk before the database is opened. */
    private static void write(Path note, String version) throws IOException {
        Path unfinished = note.resolveSibling(note.getFileName() + ".new");
        PrivateFiles.createFile(unfinished);
        Files.writeString(unfinished, version + "\n", TRUNCATE_EXISTING, WRITE, SYNC);
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
