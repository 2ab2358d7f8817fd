package chat.klatsch.bench;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Performs the WebSocket handshake as browsers do, including the offer of compression. */
final class Handshake {
    private static final String END = "\r\n\r\n";

    private final StringBuilder answer = new StringBuilder();

    static ByteBuffer request(Client.Subscription subscriber) {
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
     * Reads the response up to its end, but no frame after it.
     *
     * @return whether the response is complete
     * @throws IllegalStateException when the server refuses or will compress frames
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
            throw new IllegalStateException("the server refused a connection: " + answer);
        }
        if (head.contains("permessage-deflate")) {
            throw new IllegalStateException("the server compresses frames, which is not supported here: " + answer);
        }
        return true;
    }
}
