package chat.klatsch;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** HTTP as bytes, for what no well-behaved client sends. */
final class Wire {
    private Wire() {}

    /** What came back until the server closed, or, to a handshake, until the end of its head. */
    record Answer(String text) {
        int status() {
            return text.isEmpty() ? 0 : Integer.parseInt(text.split(" ", 3)[1]);
        }

        Optional<String> header(String name) {
            return headers(name).stream().findFirst();
        }

        List<String> headers(String name) {
            String prefix = name.toLowerCase(Locale.ROOT) + ":";
            return text.split("\\r\\n\\r\\n", 2)[0]
                    .lines()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(prefix))
                    .map(line -> line.substring(prefix.length()).strip())
                    .toList();
        }

        String body() {
            return text.substring(Math.min(text.length(), text.indexOf("\r\n\r\n") + 4));
        }
    }

    /** A request of these lines, with {@code Host} and {@code Connection: close} added. */
    static Answer request(int port, String... lines) {
        return send(port, lines[0] + "\r\nHost: 127.0.0.1:" + port + "\r\nConnection: close\r\n" + head(1, lines));
    }

    /** The same as a WebSocket's opening handshake. */
    static Answer upgrade(int port, String... lines) {
        return send(
                true,
                port,
                lines[0] + "\r\nHost: 127.0.0.1:" + port + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                        + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                        + head(1, lines));
    }

    static Answer send(int port, String bytes) {
        return send(false, port, bytes);
    }

    private static Answer send(boolean headOnly, int port, String bytes) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(10_000);
            StringBuilder text = new StringBuilder();
            try {
                socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
                InputStream in = socket.getInputStream();
                for (int next; !(headOnly && text.indexOf("\r\n\r\n") > 0) && (next = in.read()) >= 0; ) {
                    text.append((char) next);
                }
            } catch (SocketException reset) {
                // A server may close without reading all of a hopeless request; what it said before counts.
            }
            return new Answer(text.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String head(int from, String... lines) {
        StringBuilder head = new StringBuilder();
        for (int i = from; i < lines.length; i++) {
            head.append(lines[i]).append("\r\n");
        }
        return head.append("\r\n").toString();
    }
}
