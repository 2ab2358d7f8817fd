package chat.klatsch.bench;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** How a connection becomes a WebSocket: it asks as browsers do, compression and all, and waits for a yes. */
final class Handshake {
    private static final String END = "\r\n\r\n";

    private final StringBuilder answer = new StringBuilder();

    static ByteBuffer request(Client.Seat subscriber) {
        return StandardCharsets.US_ASCII.encode(
                """
                GET %s HTTP/1.1\r
                Host: 127.0.0.1:%2$d\r
                Origin: http://127.0.0.1:%2$d\r
                Cookie: %3$s\r
                Connection: Upgrade\r
                Upgrade: websocket\r
                Sec-WebSocket-Version: 13\r
                Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
                Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r
                \r
                """.formatted(subscriber.path(), subscriber.port(), subscriber.cookie()));
    }

    /**
     * Reads up to the answer's end, and not the frames behind it.
     *
     * @return whether that has come
     * @throws IllegalStateException when the answer is no, or that frames will be compressed
     */
    boolean read(ByteBuffer in) {
        boolean complete = false;
        while (!complete && in.hasRemaining()) {
            answer.append((char) in.get());
            complete = answer.indexOf(END, answer.length() - END.length()) >= 0;
        }
        if (!complete) {
            return false;
        }
        String head = answer.toString().toLowerCase(Locale.ROOT);
        if (!head.startsWith("http/1.1 101 ")) {
            throw new IllegalStateException("the server refuses a connection: " + answer);
        }
        if (head.contains("permessage-deflate")) {
            throw new IllegalStateException("the server compresses, and nothing here reads that: " + answer);
        }
        return true;
    }
}
