package chat.klatsch.store;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.h2.store.fs.FileBase;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/**
 * The file of an embedded database, with everything that H2 does to it and every acknowledgement in one order, so that a test
 * can have the file of any moment. One at a time: H2 makes its files itself. Thread-safe.
 */
final class RecordedFile implements AutoCloseable {
    private static final String SCHEME = "recorded";

    private sealed interface Event {}

    private record Written(long position, byte[] bytes) implements Event {}

    private record Truncated(long size) implements Event {}

    private record Forced() implements Event {}

    private record Acknowledged(long seq) implements Event {}

    /** What a crash at one moment leaves, and what had been acknowledged by then. */
    record Image(Path file, Set<Long> acknowledged) {}

    private static final List<Event> EVENTS = new ArrayList<>();

    private final Path directory;

    RecordedFile(Path directory) {
        this.directory = directory;
        synchronized (EVENTS) {
            EVENTS.clear();
        }
        FilePath.register(new RecordedPath());
    }

    String url() {
        return "jdbc:h2:" + SCHEME + ":" + directory.resolve("test");
    }

    void acknowledge(long seq) {
        record(new Acknowledged(seq));
    }

    /** How much has happened so far: the moments are the numbers from 0 to this. */
    int moments() {
        synchronized (EVENTS) {
            return EVENTS.size();
        }
    }

    /** What is left when the process is killed at this moment. */
    Image afterKill(int moment) {
        return image(moment, moment);
    }

    /** What is left when the power fails at this moment: nothing that has not been forced to the disk. */
    Image afterPowerCut(int moment) {
        synchronized (EVENTS) {
            int forced = moment;
            while (forced > 0 && !(EVENTS.get(forced - 1) instanceof Forced)) {
                forced--;
            }
            return image(moment, forced);
        }
    }

    private Image image(int moment, int kept) {
        Path file = directory.resolve("image.mv.db");
        Set<Long> acknowledged = new HashSet<>();
        synchronized (EVENTS) {
            try (FileChannel channel = FileChannel.open(file, CREATE, WRITE, TRUNCATE_EXISTING)) {
                for (int i = 0; i < moment; i++) {
                    Event event = EVENTS.get(i);
                    if (event instanceof Acknowledged message) {
                        acknowledged.add(message.seq());
                    } else if (i < kept && event instanceof Written written) {
                        channel.write(ByteBuffer.wrap(written.bytes()), written.position());
                    } else if (i < kept && event instanceof Truncated truncated) {
                        channel.truncate(truncated.size());
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return new Image(file, acknowledged);
    }

    @Override
    public void close() {
        FilePath.unregister(FilePath.get(SCHEME + ":"));
    }

    private static void record(Event event) {
        synchronized (EVENTS) {
            EVENTS.add(event);
        }
    }

    /** H2 makes more of it by reflection. */
    public static final class RecordedPath extends FilePathWrapper {
        @Override
        public String getScheme() {
            return SCHEME;
        }

        @Override
        public FileChannel open(String mode) throws IOException {
            FileChannel channel = super.open(mode);
            return getName().endsWith(".mv.db") ? new RecordedChannel(channel) : channel;
        }
    }

    private static final class RecordedChannel extends FileBase {
        private final FileChannel channel;

        RecordedChannel(FileChannel channel) {
            this.channel = channel;
        }

        @Override
        public int write(ByteBuffer source, long position) throws IOException {
            ByteBuffer copy = source.duplicate();
            int count = channel.write(source, position);
            byte[] bytes = new byte[count];
            copy.get(bytes);
            record(new Written(position, bytes));
            return count;
        }

        @Override
        public FileChannel truncate(long size) throws IOException {
            channel.truncate(size);
            record(new Truncated(size));
            return this;
        }

        @Override
        public void force(boolean metaData) throws IOException {
            channel.force(metaData);
            record(new Forced());
        }

        @Override
        public int write(ByteBuffer source) throws IOException {
            throw new IOException("H2 says where it writes");
        }

        @Override
        public int read(ByteBuffer target) throws IOException {
            return channel.read(target);
        }

        @Override
        public int read(ByteBuffer target, long position) throws IOException {
            return channel.read(target, position);
        }

        @Override
        public long position() throws IOException {
            return channel.position();
        }

        @Override
        public FileChannel position(long position) throws IOException {
            channel.position(position);
            return this;
        }

        @Override
        public long size() throws IOException {
            return channel.size();
        }

        @Override
        public FileLock tryLock(long position, long size, boolean shared) throws IOException {
            return channel.tryLock(position, size, shared);
        }

        @Override
        protected void implCloseChannel() throws IOException {
            channel.close();
        }
    }
}
