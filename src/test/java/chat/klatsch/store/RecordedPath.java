package chat.klatsch.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import org.h2.store.fs.FileBase;
import org.h2.store.fs.FilePathWrapper;

/** Records what H2 does to its database file. H2 creates instances by reflection. Thread-safe. */
public final class RecordedPath extends FilePathWrapper {
    @Override
    public String getScheme() {
        return RecordedFile.SCHEME;
    }

    @Override
    public FileChannel open(String mode) throws IOException {
        FileChannel channel = super.open(mode);
        return getName().endsWith(".mv.db") ? new RecordedChannel(channel) : channel;
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
            RecordedFile.record(new RecordedFile.Written(position, bytes));
            return count;
        }

        @Override
        public FileChannel truncate(long size) throws IOException {
            channel.truncate(size);
            RecordedFile.record(new RecordedFile.Truncated(size));
            return this;
        }

        @Override
        public void force(boolean metaData) throws IOException {
            // The disk is simulated, so nothing need reach the real one.
            RecordedFile.record(new RecordedFile.Forced(RecordedFile.moments()));
        }

        @Override
        public int write(ByteBuffer source) throws IOException {
            throw new IOException("H2 writes at explicit positions");
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
