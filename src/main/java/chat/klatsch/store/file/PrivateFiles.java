package chat.klatsch.store.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes files accessible to their owner only, whatever the umask is. On file systems without POSIX permissions the access
 * rules of the directory above apply.
 */
public final class PrivateFiles {
    private static final Logger log = LoggerFactory.getLogger(PrivateFiles.class);

    private static final String FILE = "rw-------";
    private static final String DIRECTORY = "rwx------";

    private PrivateFiles() {}

    /** Restricts the files with own names, and the directory unless it has others too. */
    static void restrictAll(Path directory, Predicate<String> ownNames) throws IOException {
        boolean shared = false;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                if (!Files.isDirectory(file) && ownNames.test(file.getFileName().toString())) {
                    restrict(file, FILE);
                } else {
                    shared = true;
                }
            }
        }
        if (!shared) {
            restrict(directory, DIRECTORY);
        }
    }

    /** Creates an empty file if it does not exist, and restricts it. */
    public static void createFile(Path file) throws IOException {
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)
                .close();
        restrict(file, FILE);
    }

    /** Restricts a file that exists. */
    public static void restrict(Path file) {
        restrict(file, FILE);
    }

    private static void restrict(Path path, String permissions) {
        PosixFileAttributeView view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
        try {
            if (view != null) {
                view.setPermissions(PosixFilePermissions.fromString(permissions));
            }
        } catch (IOException e) {
            log.warn("Other users of this machine may be able to read {}: {}", path, e.toString());
        }
    }
}
