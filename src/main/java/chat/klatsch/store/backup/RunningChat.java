package chat.klatsch.store.backup;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The chat that has the embedded database open, as another process reaches it. */
public final class RunningChat {
    private RunningChat() {}

    /**
     * Copies a backup from the chat that listens on a socket, and leaves the target open.
     *
     * @return whether a chat listens there
     * @throws BackupException if the chat fails or stops meanwhile
     * @throws IOException if the target cannot be written
     */
    public static boolean backUp(Path socket, OutputStream out, Progress progress) throws IOException {
        try (SocketChannel channel = connect(socket)) {
            if (channel == null) {
                return false;
            }
            Frames.copy(new DataInputStream(new BufferedInputStream(Channels.newInputStream(channel))), out, progress);
            return true;
        } catch (EOFException e) {
            throw new BackupException("the chat has ended the backup: it stops, or nothing was read for a minute", e);
        }
    }

    private static @Nullable SocketChannel connect(Path socket) {
        try {
            return SocketChannel.open(UnixDomainSocketAddress.of(socket));
        } catch (IOException | UnsupportedOperationException nobody) {
            return null;
        }
    }
}
