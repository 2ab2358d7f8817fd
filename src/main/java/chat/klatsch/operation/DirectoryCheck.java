package chat.klatsch.operation;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;

/** Examines the directory of the embedded database, and reads the database if no chat has it open. */
record DirectoryCheck(Path directory) {
    private static final String DIRECTORY = "Data";
    private static final String DATABASE = "Database";
    private static final String SPACE = "Disk";
    private static final long MEBIBYTE = 1024 * 1024;
    private static final long LITTLE = 1024 * MEBIBYTE;
    private static final long TOO_LITTLE = 100 * MEBIBYTE;

    /** File systems whose locks and forced writes do not hold. */
    private static final Pattern NETWORK = Pattern.compile("nfs.*|cifs|smb.*|9p|fuse.*");

    List<Finding> findings() {
        Path path = directory.toAbsolutePath();
        List<Finding> findings = new ArrayList<>();
        try {
            if (!Files.exists(path)) {
                Path parent = path.getParent();
                while (parent != null && !Files.exists(parent)) {
                    parent = parent.getParent();
                }
                findings.add(
                        parent != null && Files.isDirectory(parent) && Files.isWritable(parent)
                                ? Finding.ok(DIRECTORY, path + " will be created")
                                : unusable(path + " cannot be created"));
                findings.add(space(parent == null ? path.getRoot() : parent));
            } else if (!Files.isDirectory(path) || !Files.isWritable(path)) {
                findings.add(unusable(path + " is not a directory that this user may write"));
            } else {
                findings.add(rights(path));
                findings.add(space(path));
                findings.add(database(path));
            }
        } catch (IOException e) {
            findings.add(unusable(path + ": " + e));
        }
        return findings;
    }

    private static Finding unusable(String text) {
        return Finding.error(
                DIRECTORY,
                text,
                "Run this as the user that runs the chat, and give that user the directory of --data.");
    }

    private static Finding rights(Path path) throws IOException {
        Path file = path.resolve("klatsch.mv.db");
        if (Files.exists(file) && !(Files.isReadable(file) && Files.isWritable(file))) {
            return unusable("this user may not read and write " + file);
        }
        boolean shared = Files.getFileStore(path).supportsFileAttributeView("posix")
                && PosixFilePermissions.toString(Files.getPosixFilePermissions(Files.exists(file) ? file : path))
                        .matches(".{3}.*[rwx].*");
        return shared
                ? Finding.warning(
                        DIRECTORY,
                        "other users of this machine may look into " + path,
                        "Nothing if the chat has not run yet: it restricts its files. Otherwise chmod -R go= " + path)
                : Finding.ok(DIRECTORY, path + ", for its owner only");
    }

    private static Finding space(Path path) throws IOException {
        FileStore store = Files.getFileStore(path);
        long free = store.getUsableSpace();
        String text = free / MEBIBYTE + " MiB free on " + store.type();
        if (NETWORK.matcher(store.type()).matches()) {
            return Finding.error(
                    SPACE,
                    path + " is on a network file system (" + store.type() + ")",
                    "Put --data on a disk of this machine, or use PostgreSQL.");
        }
        if (free < TOO_LITTLE) {
            return Finding.error(SPACE, text, "Make room: sending is refused while the disk is full.");
        }
        return free < LITTLE
                ? Finding.warning(SPACE, text, "Make room before the disk is full.")
                : Finding.ok(SPACE, text);
    }

    private static Finding database(Path path) {
        Path file = path.resolve("klatsch.mv.db");
        try {
            if (!Files.exists(file) || Files.size(file) == 0) {
                return Finding.ok(DATABASE, "none yet; the first start creates it");
            }
            String size = Files.size(file) / MEBIBYTE + " MiB";
            if (isLocked(path.resolve("klatsch.lock"))) {
                return Finding.ok(DATABASE, size + ", in use by a chat, so that it cannot be looked into");
            }
            return Finding.ok(DATABASE, size + ", with " + tables(file) + " tables, of no chat that runs");
        } catch (IOException | SQLException e) {
            return Finding.failure(
                    DATABASE,
                    file + " cannot be read",
                    e,
                    "Start the build of Klatsch that wrote it, or restore a backup.");
        }
    }

    private static boolean isLocked(Path file) throws IOException {
        if (!Files.exists(file)) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            return lock == null;
        } catch (OverlappingFileLockException sameProcess) {
            return true;
        }
    }

    private static long tables(Path file) throws SQLException {
        String url = "jdbc:h2:file:" + file.toString().replaceFirst("\\.mv\\.db$", "")
                + ";IFEXISTS=TRUE;ACCESS_MODE_DATA=r;TRACE_LEVEL_FILE=0";
        try (Connection connection = DriverManager.getConnection(url, new Properties());
                Statement statement = connection.createStatement();
                ResultSet count = statement.executeQuery(
                        "select count(*) from information_schema.tables where lower(table_schema) = 'public'")) {
            count.next();
            return count.getLong(1);
        }
    }
}
