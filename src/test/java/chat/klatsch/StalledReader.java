package chat.klatsch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/** A WebSocket client that has gone to sleep: it shakes hands with the lobby and then reads nothing. */
final class StalledReader implements AutoCloseable {
    private static final int SMALL_BUFFER = 4 * 1024;

    private final Socket socket = new Socket();

    StalledReader(ChatServer chat, ChatClient person) {
        try {
            socket.setReceiveBufferSize(SMALL_BUFFER);
            socket.connect(new InetSocketAddress("127.0.0.1", chat.port()));
            String request = """
                    GET /rooms/lobby/live HTTP/1.1
                    Host: 127.0.0.1:%d
                    Connection: Upgrade
                    Upgrade: websocket
                    Sec-WebSocket-Version: 13
                    Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==
                    Cookie: klatsch=%s

                    """.formatted(chat.port(), person.cookie("klatsch").orElseThrow());
            socket.getOutputStream().write(request.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII));
            String status = readLine(socket.getInputStream());
            if (!status.contains(" 101 ")) {
                throw new IllegalStateException(status);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends a text frame of at most 125 bytes, whatever has come in. */
    void sends(String text) {
        byte[] payload = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.writeBytes(new byte[] {(byte) 0x81, (byte) (0x80 | payload.length), 0, 0, 0, 0});
        frame.writeBytes(payload);
        try {
            socket.getOutputStream().write(frame.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads what is left, however much that is, until the server has ended the connection. */
    void readToTheEnd() {
        try {
            socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (SocketException cut) {
            // The server did not wait for the rest to be read.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String readLine(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int octet; (octet = in.read()) != '\n' && octet >= 0; ) {
            line.write(octet);
        }
        return line.toString(StandardCharsets.US_ASCII);
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
