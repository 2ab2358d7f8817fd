package chat.klatsch.store.backup;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Replaces the last bytes written by the {@link Seal} of all bytes before them. Leaves the stream below open. */
final class SealingOutputStream extends FilterOutputStream {
    private final Seal seal = new Seal();

    /** The last bytes written. */
    private byte[] last = new byte[0];

    SealingOutputStream(OutputStream out) {
        super(out);
    }

    @Override
    public void write(int single) throws IOException {
        write(new byte[] {(byte) single}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        byte[] all = Arrays.copyOf(last, last.length + length);
        System.arraycopy(bytes, offset, all, last.length, length);
        int ready = Math.max(0, all.length - Seal.LENGTH);
        seal.update(all, 0, ready);
        out.write(all, 0, ready);
        last = Arrays.copyOfRange(all, ready, all.length);
    }

    @Override
    public void close() throws IOException {
        out.write(seal.sum().getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }
}
