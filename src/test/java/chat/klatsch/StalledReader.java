package chat.klatsch;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A WebSocket client that has gone to sleep: it shakes hands with the lobby and then reads nothing. */
final class StalledReader implements AutoCloseable {
    static final int TEXT = 0x1;
    static final int PING = 0x9;
    static final int PONG = 0xa;

    private static final int LAST = 0x80;
    private static final int SMALL_BUFFER = 4 * 1024;

    record Frame(int kind, String text) {}

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
            while (!readLine(socket.getInputStream()).isBlank()) {
                // The rest of the head.
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends a text frame of at most 125 bytes, whatever has come in. */
    void sends(String text) {
        sends(TEXT, text);
    }

    /** Asks for a pong. */
    void pings(String text) {
        sends(PING, text);
    }

    private void sends(int kind, String text) {
        byte[] payload = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.writeBytes(new byte[] {(byte) (LAST | kind), (byte) (0x80 | payload.length), 0, 0, 0, 0});
        frame.writeBytes(payload);
        try {
            socket.getOutputStream().write(frame.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Wakes up and reads, frame by frame, until one has this text in it. */
    List<Frame> readTo(String text) {
        List<Frame> frames = new ArrayList<>();
        try {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            do {
                int kind = in.readUnsignedByte() ^ LAST;
                int length = in.readUnsignedByte();
                long bytes = length < 126 ? length : length == 126 ? in.readUnsignedShort() : in.readLong();
                frames.add(new Frame(kind, new String(in.readNBytes((int) bytes), StandardCharsets.UTF_8)));
            } while (!frames.get(frames.size() - 1).text().contains(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return frames;
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
