package chat.klatsch.abuse;

import chat.klatsch.fixture.ChatClient;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A WebSocket to the lobby over which a test sends any bytes. Confined to the test's thread. */
final class RawSocket implements AutoCloseable {
    static final int LAST = 0x80;
    static final int TEXT = 1;
    static final int CLOSE = 8;

    private static final int MASKED = 0x80;
    private static final int PATIENCE_MILLIS = 10_000;

    private final Socket socket;

    RawSocket(int port, ChatClient user) {
        try {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout(PATIENCE_MILLIS);
            String handshake = "GET /rooms/lobby/live HTTP/1.1\r\nHost: 127.0.0.1:" + port
                    + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                    + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n" + user.cookieLine() + "\r\n\r\n";
            socket.getOutputStream().write(handshake.getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                head.append((char) in.read());
            }
            if (!head.toString().startsWith("HTTP/1.1 101 ")) {
                throw new IllegalStateException(head.toString());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns a frame with a mask of zeros, which leaves the payload as it is. */
    static byte[] frame(int start, byte[] payload) {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(start);
        if (payload.length < 126) {
            frame.write(MASKED | payload.length);
        } else {
            frame.writeBytes(new byte[] {(byte) (MASKED | 126), (byte) (payload.length >> 8), (byte) payload.length});
        }
        frame.writeBytes(new byte[4]);
        frame.writeBytes(payload);
        return frame.toByteArray();
    }

    void sends(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads up to the server's close frame and returns its code, or 1006 if the connection ends without one. */
    int closeCode() {
        try {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            while (true) {
                int kind = in.readUnsignedByte() & 0xf;
                int length = in.readUnsignedByte();
                long bytes = length < 126 ? length : length == 126 ? in.readUnsignedShort() : in.readLong();
                byte[] payload = in.readNBytes((int) bytes);
                if (kind == CLOSE) {
                    return (payload[0] & 0xff) << 8 | payload[1] & 0xff;
                }
            }
        } catch (IOException end) {
            return 1006;
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
