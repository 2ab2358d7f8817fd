package chat.klatsch.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.concurrent.atomic.AtomicBoolean;
import org.h2.store.fs.FilePathWrapper;

/** A disk for H2's files that can be full. H2 creates instances by reflection. */
public final class FullDiskPath extends FilePathWrapper {
    static final String SCHEME = "fulldisk";
    static final AtomicBoolean FULL = new AtomicBoolean();

    @Override
    public String getScheme() {
        return SCHEME;
    }

    @Override
    public FileChannel open(String mode) throws IOException {
        FileChannel channel = super.open(mode);
        return getName().endsWith(".mv.db") ? new FullDiskChannel(channel) : channel;
    }

    private static final class FullDiskChannel extends ForwardingChannel {
        FullDiskChannel(FileChannel channel) {
            super(channel);
        }

        @Override
        public int write(ByteBuffer source, long position) throws IOException {
            if (FULL.get()) {
                throw new IOException("No space left on device");
            }
            return super.write(source, position);
        }
    }
}
