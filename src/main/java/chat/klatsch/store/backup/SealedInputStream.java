package chat.klatsch.store.backup;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Reads a file up to its {@link Seal}, and compares. Leaves the stream below open. */
final class SealedInputStream extends InputStream {
    private static final int BUFFER = 64 * 1024;

    private final InputStream in;
    private final Seal seal = new Seal();
    private final byte[] buffer = new byte[BUFFER];
    private int position;
    private int limit;

    SealedInputStream(InputStream in) {
        this.in = in;
    }

    @Override
    public int read() throws IOException {
        byte[] single = new byte[1];
        return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
    }

    /** Leaves the last bytes of the file in the buffer. */
    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (limit - position <= Seal.LENGTH) {
            fill();
        }
        int count = Math.min(length, limit - position - Seal.LENGTH);
        if (count <= 0) {
            return length == 0 ? 0 : -1;
        }
        System.arraycopy(buffer, position, bytes, offset, count);
        seal.update(buffer, position, count);
        position += count;
        return count;
    }

    private void fill() throws IOException {
        System.arraycopy(buffer, position, buffer, 0, limit - position);
        limit -= position;
        position = 0;
        while (limit <= Seal.LENGTH) {
            int count = in.read(buffer, limit, buffer.length - limit);
            if (count < 0) {
                return;
            }
            limit += count;
        }
    }

    /** Reads what is left. @throws BackupException unless the file ends with its seal */
    void verify() throws IOException {
        transferTo(OutputStream.nullOutputStream());
        String found = new String(buffer, position, limit - position, StandardCharsets.US_ASCII);
        if (!found.equals(seal.sum())) {
            throw BackupException.damaged("its last line is not the SHA-256 of the rest");
        }
    }
}
