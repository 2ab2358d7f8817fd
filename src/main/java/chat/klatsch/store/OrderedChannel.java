package chat.klatsch.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.function.Consumer;

/**
 * Writes H2's database file so that a power cut leaves the newest forced state, whichever part of the later writes has reached
 * the disk. H2 takes a chunk of pages for complete when its first and its last sector are there, and overwrites both
 * copies of its header at once. This writes the last sector of a chunk when all others have been forced, and the header to
 * one copy only as long as its chunk has not been forced. It also forces the first header before any chunk, and each chunk
 * before the next, which may overwrite what the chunk replaces. Thread-safe, as H2 writes from one thread at a time.
 */
final class OrderedChannel extends ForwardingChannel {
    /** The bytes that a disk writes as a whole or not at all. */
    private static final int SECTOR = 512;

    private final StoreHeaders headers;

    /** Whether a chunk has been written since the file was forced. */
    private boolean unforced;

    /** Whether the file has no header yet that has been forced. */
    private boolean isNew;

    private final Consumer<OrderedChannel> onClose;

    /** Begins anew with a file that has no chunk, whose header may be damaged: its creation was interrupted. */
    OrderedChannel(FileChannel channel, Consumer<OrderedChannel> onClose) throws IOException {
        super(channel);
        this.onClose = onClose;
        if (channel.size() <= StoreHeaders.LENGTH) {
            channel.truncate(0);
            isNew = true;
        }
        this.headers = new StoreHeaders(channel);
    }

    @Override
    public synchronized int write(ByteBuffer source, long position) throws IOException {
        int length = source.remaining();
        if (StoreHeaders.isHeader(position, length)) {
            headers.write(source, unforced);
            if (isNew) {
                channel.force(true);
                isNew = false;
            }
            return length;
        }
        if (StoreHeaders.isChunk(position, length) && !headers.isHeld()) {
            writeChunk(source, position);
        } else {
            writeFully(channel, source, position);
        }
        return length;
    }

    private void writeChunk(ByteBuffer source, long position) throws IOException {
        if (unforced) {
            force(false);
        }
        int beginning = source.remaining() - SECTOR;
        writeFully(channel, source.slice(source.position(), beginning), position);
        channel.force(false);
        unforced = true;
        source.position(source.position() + beginning);
        writeFully(channel, source, position + beginning);
    }

    static void writeFully(FileChannel channel, ByteBuffer source, long position) throws IOException {
        for (long next = position; source.hasRemaining(); ) {
            next += channel.write(source, next);
        }
    }

    @Override
    public synchronized void force(boolean metaData) throws IOException {
        channel.force(metaData);
        unforced = false;
        headers.forced();
    }

    /**
     * Keeps the header as it is until the release, so that H2 opens the present state after a crash and takes everything
     * written meanwhile for free space. H2 must not reuse space meanwhile.
     */
    synchronized void hold() {
        try {
            headers.hold();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Puts everything that was written since the hold in force. */
    synchronized void release() {
        try {
            force(true);
            headers.release();
            force(true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public FileChannel truncate(long size) throws IOException {
        if (!headers.isHeld()) {
            channel.truncate(size);
        }
        return this;
    }

    @Override
    protected void implCloseChannel() throws IOException {
        onClose.accept(this);
        super.implCloseChannel();
    }
}
