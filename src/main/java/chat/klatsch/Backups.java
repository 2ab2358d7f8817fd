package chat.klatsch;

import chat.klatsch.store.Database;
import chat.klatsch.store.SchemaMigrations;
import chat.klatsch.store.backup.Backup;
import chat.klatsch.store.backup.NewDatabase;
import chat.klatsch.store.backup.Progress;
import chat.klatsch.store.backup.ProgressLines;
import chat.klatsch.store.backup.Restore;
import chat.klatsch.store.backup.RunningChat;
import chat.klatsch.store.file.DataDirectory;
import chat.klatsch.store.file.PrivateFiles;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The commands that write a chat to a file and read it from there. */
final class Backups {
    private static final String STANDARD_STREAM = "-";

    private final ChatConfig config = new ChatConfig();
    private final String file;

    private Backups(String file) {
        this.file = file;
    }

    /** @throws IllegalArgumentException for an invalid option or file */
    static Backups of(CommandLine line) {
        Backups backups = new Backups(line.operand("FILE"));
        line.configure(backups.config);
        return backups;
    }

    /**
     * Writes a backup. A file takes its name once it is complete and on the disk.
     *
     * @throws RuntimeException if that fails; the message is one line for the operator
     */
    void write() {
        try {
            Path target = Path.of(file);
            if (file.equals(STANDARD_STREAM)) {
                write(System.out);
                System.out.flush();
            } else if (Files.exists(target) && !Files.isRegularFile(target)) {
                try (OutputStream out = Files.newOutputStream(target)) {
                    write(out);
                }
            } else {
                replace(Files.exists(target) ? target.toRealPath() : target.toAbsolutePath());
            }
        } catch (IOException e) {
            throw StartupFailure.of("write the backup to " + file, e);
        }
    }

    private void replace(Path target) throws IOException {
        Path part = target.resolveSibling(target.getFileName() + ".part");
        Files.deleteIfExists(part);
        PrivateFiles.createFile(part);
        part.toFile().deleteOnExit();
        try (FileOutputStream out = new FileOutputStream(part.toFile())) {
            write(out);
            out.getFD().sync();
        }
        Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private void write(OutputStream out) throws IOException {
        ProgressLines progress = new ProgressLines(System.err, "saved");
        Optional<String> url = config.databaseUrl;
        if (url.isPresent()) {
            write(url.get(), "the database", out, progress);
        } else if (!RunningChat.backUp(DataDirectory.socket(config.dataDirectory), out, progress)) {
            if (!DataDirectory.exists(config.dataDirectory)) {
                throw new IllegalStateException("there is no database in " + config.dataDirectory);
            }
            try (DataDirectory directory = DataDirectory.open(config.dataDirectory)) {
                write(directory.url(), "the database in " + config.dataDirectory, out, progress);
            }
        }
        progress.done();
    }

    private void write(String url, String name, OutputStream out, Progress progress) throws IOException {
        try (Handle handle = Database.connect(url, config.databaseTimeout, config.tablePrefix)) {
            Backup.write(handle, out, progress);
        } catch (IllegalStateException e) {
            throw e;
        } catch (RuntimeException e) {
            throw StartupFailure.of("read " + name, e);
        }
    }

    /** Reads a backup. @throws RuntimeException if that fails; the message is one line for the operator */
    void restore() {
        ProgressLines progress = new ProgressLines(System.err, "restored");
        try (InputStream in = open()) {
            if (config.databaseUrl.isPresent()) {
                restore(in, config.databaseUrl.get(), progress);
            } else {
                try (DataDirectory directory = DataDirectory.open(config.dataDirectory)) {
                    restore(in, directory, progress);
                }
            }
        } catch (IOException e) {
            throw StartupFailure.of("read the backup " + file, e);
        } catch (IllegalStateException | IllegalArgumentException e) {
            throw e;
        } catch (RuntimeException e) {
            throw StartupFailure.of("restore the backup", e);
        }
        progress.done();
    }

    /** Checks a file before anything is done with it. A stream can be read only once. */
    private InputStream open() throws IOException {
        if (file.equals(STANDARD_STREAM)) {
            return System.in;
        }
        Path backup = Path.of(file);
        if (Files.isRegularFile(backup)) {
            try (InputStream in = Files.newInputStream(backup)) {
                Restore.verify(in);
            }
        }
        return Files.newInputStream(backup);
    }

    private void restore(InputStream in, String url, Progress progress) {
        try (Handle handle = Database.connect(url, config.databaseTimeout, config.tablePrefix)) {
            Restore.read(in, handle, progress);
        }
    }

    private void restore(InputStream in, DataDirectory directory, Progress progress) throws IOException {
        try (Handle handle = Database.connect(directory.url(), config.databaseTimeout, config.tablePrefix)) {
            SchemaMigrations.requireEmpty(handle);
        }
        try {
            NewDatabase.create(in, directory.newDatabase(), config.tablePrefix, progress);
            directory.replaceDatabase();
        } finally {
            directory.deleteNewDatabase();
        }
    }
}
