package chat.klatsch.store.backup;

import chat.klatsch.store.Database;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends a backup of the embedded database, which only this process can open, to each program that connects to a socket in the
 * data directory, one after another. The rights of the file decide who may connect. Thread-safe.
 */
public final class BackupSocket implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(BackupSocket.class);

    private static final int BUFFER = 64 * 1024;

    private final Database database;
    private final ServerSocketChannel server;
    private final Path file;
    private final Thread thread;

    /** The backup that is being sent. */
    private volatile Optional<Frames> current = Optional.empty();

    private BackupSocket(Database database, ServerSocketChannel server, Path file) {
        this.database = database;
        this.server = server;
        this.file = file;
        this.thread = new Thread(this::serve, "klatsch-backup");
        thread.setDaemon(true);
    }

    /**
     * Opens the socket, or returns nothing where the file system has none or its path is too long.
     *
     * @param restriction restricts a file to its owner
     */
    public static Optional<BackupSocket> open(Database database, Path file, Consumer<Path> restriction) {
        try {
            Files.deleteIfExists(file);
            ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            try {
                server.bind(UnixDomainSocketAddress.of(file));
                restriction.accept(file);
                refuseEarlier(server);
                BackupSocket socket = new BackupSocket(database, server, file);
                socket.thread.start();
                return Optional.of(socket);
            } catch (IOException | RuntimeException e) {
                server.close();
                throw e;
            }
        } catch (IOException | UnsupportedOperationException e) {
            log.warn(
                    "The chat can be backed up only while it is stopped: there is no socket {} ({})",
                    file,
                    e.toString());
            return Optional.empty();
        }
    }

    /** Closes connections from before the restriction. */
    private static void refuseEarlier(ServerSocketChannel server) throws IOException {
        server.configureBlocking(false);
        for (SocketChannel earlier = server.accept(); earlier != null; earlier = server.accept()) {
            earlier.close();
        }
        server.configureBlocking(true);
    }

    private void serve() {
        while (server.isOpen()) {
            try (Frames frames = new Frames(server.accept())) {
                current = Optional.of(frames);
                // The server may have been closed in between.
                if (server.isOpen()) {
                    send(frames);
                }
            } catch (ClosedChannelException closing) {
                // The chat stops, or the backup was aborted by its end.
            } catch (IOException e) {
                log.warn("A backup was aborted: {}", e.toString());
            }
        }
    }

    private void send(Frames frames) throws IOException {
        log.info("A backup begins");
        try (Handle handle = database.connect()) {
            OutputStream out = new BufferedOutputStream(frames, BUFFER);
            Backup.write(handle, out, frames::moved);
            out.flush();
            frames.finish("");
            log.info("The backup is complete");
        } catch (RuntimeException e) {
            log.error("The backup failed", e);
            frames.finish("the chat could not make the backup; its log says why");
        }
    }

    /** Aborts a backup in progress. */
    @Override
    public void close() {
        try {
            server.close();
            if (current.isPresent()) {
                current.get().abort();
            }
            thread.join();
            Files.deleteIfExists(file);
        } catch (IOException e) {
            log.warn("The socket {} could not be closed: {}", file, e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
