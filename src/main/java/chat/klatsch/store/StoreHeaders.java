package chat.klatsch.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.h2.mvstore.DataUtils;
import org.jspecify.annotations.Nullable;

/**
 * The two copies of the header at the beginning of H2's file, which point to the newest chunk. One of them always points to a
 * chunk that has been forced. Guarded by the lock of {@link OrderedChannel}.
 */
final class StoreHeaders {
    private static final int BLOCK = 4096;
    private static final int COPIES = 2;

    /** The bytes at the beginning of the file that they take. */
    static final int LENGTH = COPIES * BLOCK;

    private static final int FOOTER = 128;
    private static final Pattern POINTER =
            Pattern.compile("block:([0-9a-f]{1,10}),.*?chunk:([0-9a-f]{1,8}),.*?version:([0-9a-f]{1,15}),");

    private final FileChannel channel;

    /** The copy that the next header replaces. */
    private int older;

    private boolean written;
    private boolean held;

    /** The header that the release writes. */
    private @Nullable ByteBuffer next;

    StoreHeaders(FileChannel channel) throws IOException {
        this.channel = channel;
        this.older = version(0) > version(1) ? 1 : 0;
    }

    /** Returns the version of the chunk to which a copy points, or -1 if that chunk is not complete. */
    private long version(int copy) throws IOException {
        Matcher pointer = POINTER.matcher(read((long) copy * BLOCK, BLOCK));
        if (!pointer.find()) {
            return -1;
        }
        long start = Long.parseLong(pointer.group(1), 16) * BLOCK;
        Matcher chunk = Pattern.compile("chunk:" + pointer.group(2) + ",len:([0-9a-f]{1,6}),")
                .matcher(read(start, FOOTER));
        return chunk.lookingAt()
                        && read(start + (long) Integer.parseInt(chunk.group(1), 16) * BLOCK - FOOTER, FOOTER)
                                .startsWith(chunk.group() + "version:" + pointer.group(3) + ",")
                ? Long.parseLong(pointer.group(3), 16)
                : -1;
    }

    /** Returns the bytes that the file has there, one for each character. */
    private String read(long position, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining() && channel.read(bytes, position + bytes.position()) >= 0) {}
        return StandardCharsets.ISO_8859_1.decode(bytes.flip()).toString();
    }

    /** Returns whether H2 writes a chunk, which it does as a whole. */
    static boolean isChunk(long position, int length) {
        return position >= LENGTH && length > 0 && length % BLOCK == 0;
    }

    static boolean isHeader(long position, int length) {
        return position == 0 && length == LENGTH;
    }

    /** Writes a header, to one copy only as long as its chunk has not been forced, and to none while the headers are held. */
    void write(ByteBuffer header, boolean unforced) throws IOException {
        ByteBuffer copy = ByteBuffer.allocate(BLOCK).put(header.slice(header.position(), BLOCK));
        header.position(header.limit());
        if (held) {
            next = copy;
            return;
        }
        writeCopy(older, copy);
        if (unforced) {
            written = true;
        } else {
            writeCopy(1 - older, copy);
        }
    }

    private void writeCopy(int number, ByteBuffer copy) throws IOException {
        OrderedChannel.writeFully(channel, copy.clear(), (long) number * BLOCK);
    }

    boolean isHeld() {
        return held;
    }

    /** Marks the newest header as that of a closed file, so that H2 looks for no chunks that are newer than its own. */
    void hold() throws IOException {
        String newest = read((long) (1 - older) * BLOCK, BLOCK)
                .replaceFirst("(?s),fletcher:.*", "")
                .replace(",clean:1", "");
        String text = newest + ",clean:1";
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        String sum = ",fletcher:" + Integer.toHexString(DataUtils.getFletcher32(bytes, 0, bytes.length)) + "\n";
        ByteBuffer copy = ByteBuffer.allocate(BLOCK).put(bytes).put(sum.getBytes(StandardCharsets.ISO_8859_1));
        for (int number : new int[] {older, 1 - older}) {
            writeCopy(number, copy);
            channel.force(false);
        }
        held = true;
    }

    /** Writes the last header since the hold. */
    void release() throws IOException {
        held = false;
        if (next != null) {
            writeCopy(older, next);
            written = true;
            next = null;
        }
    }

    /** Changes to the other copy. */
    void forced() {
        if (written) {
            older = 1 - older;
            written = false;
        }
    }
}
