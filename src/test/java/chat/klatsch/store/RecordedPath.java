package chat.klatsch.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
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

    private static final class RecordedChannel extends ForwardingChannel {
        RecordedChannel(FileChannel channel) {
            super(channel);
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
    }
}
